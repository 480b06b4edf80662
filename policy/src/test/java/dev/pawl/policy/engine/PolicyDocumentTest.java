package dev.pawl.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.ProcessInfo;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.Surroundings;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/policy.md do what it says of them. */
final class PolicyDocumentTest {
    private static final Pattern EXAMPLE = Pattern.compile("```cedar\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path temporary;

    @Test
    void theExamplesDecide() throws Exception {
        PolicyEngine engine = engine();
        assertThat(resolve(engine, "a.tracker.example").rule()).isEqualTo("no-trackers");
        assertThat(resolve(engine, "open.example").allowed()).isTrue();
        assertThat(git(engine, "status").allowed()).isTrue();
        assertThat(git(engine, "-c", "core.pager=sh").rule()).isEqualTo("no-git-config");
        assertThat(resolve(engine, "build.example.com").allowed()).isTrue();
        assertThat(connect(engine, 9005).rule()).isEqualTo("builders");
        assertThat(connect(engine, 9010).rule()).isEqualTo("default");
    }

    private PolicyEngine engine() throws Exception {
        Path charter = temporary.resolve("charter.yaml");
        Files.createDirectories(temporary.resolve("work"));
        Files.writeString(charter, """
                agent: a
                owner: {name: Ada}
                purpose: Try the examples
                workspace: work
                network: {allow: [{host: "*.tracker.example"}, {host: open.example}]}
                """);
        Path policies = Files.createDirectories(temporary.resolve("policies"));
        String document = Files.readString(Path.of(System.getProperty("pawl.root"), "docs/policy.md"));
        Matcher example = EXAMPLE.matcher(document);
        int count = 0;
        while (example.find()) {
            Files.writeString(policies.resolve(count++ + ".cedar"), example.group(1));
        }
        assertThat(count).isEqualTo(3);
        return PolicyEngine.of(BundleLoader.load(
                charter,
                new Surroundings(
                        temporary, temporary.resolve("state"), temporary, "ada", Map.of(), temporary.resolve("etc"))));
    }

    private static Decision resolve(PolicyEngine engine, String name) {
        return engine.decide(new Attempt.Resolve(name, "A"));
    }

    private static Decision connect(PolicyEngine engine, int port) {
        return engine.decide(new Attempt.Connect(
                Attempt.Transport.TCP, Optional.of("build.example.com"), InetAddress.ofLiteral("198.18.0.1"), port));
    }

    private static Decision git(PolicyEngine engine, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(arguments));
        return engine.decide(new Attempt.Exec(new ProcessInfo(2, 1, "/usr/bin/git", argv, "/", "ada"), "/usr/bin/git"));
    }
}
