package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.drill.rome.RomeNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is watched in a world of its own, and the same run under the charter that was learned. */
final class LearnWorldIT {
    @TempDir
    private Path base;

    @Test
    void whatWasLearnedIsEnoughAndNoMore() throws Exception {
        try (Launcher launcher = new Launcher(base)) {
            Path work = launcher.workspace("learned");
            Files.copy(Launcher.script("learn_work.sh"), work.resolve("work.sh"));
            Path served = served();
            Path charter = launcher.base().resolve("learned.yaml");
            Path scratch = Files.createDirectories(launcher.base().resolve("scratch"));
            List<String> script = List.of(
                    "/bin/bash",
                    Launcher.script("learn_world.sh").toString(),
                    AttackTargets.launcher().toString(),
                    served.toString(),
                    work.toString(),
                    charter.toString());
            Ended ended = launcher.program(Launcher.NOTHING, work, RomeNamespace.command(scratch, script))
                    .ended();
            String all = ended + read(charter, ".first.err") + read(charter, ".check") + read(charter, ".second.err");
            assertThat(ended.lines()).as(all).containsExactly("learn 7", "check 0", "run 7");
            assertThat(read(charter, ".first"))
                    .as(all)
                    .isEqualTo(
                            "note\nnote\nnote\nnote\ntls 35\nlooked\nhello\nnote\ntracked\ninside 7\nprivate 7\nboundary 6\n");
            assertThat(read(charter, ".second")).as(all).isEqualTo(read(charter, ".first"));
            assertThat(read(charter, ".check")).contains(": fine; agent").doesNotContain("warning");
            assertGrants(Files.readString(charter));
            assertThat(read(charter, ".third")).as(read(charter, ".third.err")).isEqualTo("granted\n");
            assertDenials(launcher);
        }
    }

    private static void assertGrants(String text) {
        List<String> grants = new ArrayList<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("- host: ") || lines.get(i).startsWith("- cidr: ")) {
                grants.add(lines.get(i).substring(8) + " " + lines.get(i + 1).substring(6) + " "
                        + lines.get(i + 2).substring(10));
            }
        }
        assertThat(grants)
                .as(text)
                .containsExactly(
                        "alias.example 80 http",
                        "api.example 443 tls",
                        "files.example 80 http",
                        "files.example 8080 http",
                        "inside.example 443 tls",
                        "only.example 443 tls",
                        "\"203.0.113.61/32\" 80 http",
                        "\"203.0.113.9/32\" 7000 tcp");
        assertThat(text)
                .doesNotContain("INCOMPLETE")
                .contains("# Note: the agent of ")
                .contains("/usr/bin/curl (curl -s http://FILES.example/note)")
                .contains("#   name dns.google (rule no-covert-channels.hosts, boundary no-covert-channels)")
                .contains("#   tcp inside.example port 80 (rule private-address")
                .contains("#   tcp 10.77.0.1 port 8080 (rule private-address")
                .containsPattern("  - program: .*/git-remote-https?\n");
    }

    /** The second run was denied what the first was, and nothing else. */
    private static void assertDenials(Launcher launcher) {
        List<TreeSet<String>> runs = new ArrayList<>();
        for (String run : launcher.events().stream().map(Event::run).distinct().toList()) {
            TreeSet<String> denied = new TreeSet<>();
            launcher.events().stream()
                    .filter(event -> event.run().equals(run) && Launcher.denied(event))
                    .forEach(event -> denied.add(what(event.body())));
            runs.add(denied);
        }
        assertThat(runs).hasSize(3);
        TreeSet<String> expected = new TreeSet<>(List.of("10.77.0.1:8080", "dns.google", "inside.example:80"));
        List<Event> learning = launcher.events().stream()
                .filter(event -> event.body() instanceof Body.Control control
                        && control.operation().equals("learn"))
                .toList();
        assertThat(learning)
                .singleElement()
                .satisfies(event -> assertThat(Objects.requireNonNull(((Body.Control) event.body()).detail()))
                        .contains("runs OPEN"));
        assertThat(runs.stream().filter(expected::equals)).hasSize(2);
    }

    private static String what(Body body) {
        return switch (body) {
            case Body.Connect connect ->
                (connect.host() == null ? connect.address() : connect.host()) + ":" + connect.port();
            case Body.Dns dns -> dns.name();
            default -> body.kind();
        };
    }

    private Path served() throws IOException, InterruptedException {
        Path served = Files.createDirectories(base.resolve("served"));
        Files.writeString(served.resolve("note"), "note\n");
        Process git = new ProcessBuilder("/bin/bash", "-ec", """
                git init -q source && cd source
                echo tracked >file && git add file
                git -c user.name=a -c user.email=a@example.com commit -qm first
                cd .. && git clone -q --bare source repo.git && cd repo.git && git repack -qad && git update-server-info
                """)
                .directory(served.toFile())
                .inheritIO()
                .start();
        assertThat(git.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(git.exitValue()).isZero();
        return served;
    }

    private static String read(Path charter, String suffix) throws IOException {
        return Files.readString(charter.resolveSibling(charter.getFileName() + suffix));
    }
}
