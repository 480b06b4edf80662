package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs under an organisation, boundaries of their own and policies in Cedar. */
final class PolicyIT {
    private static final int OWN_FAILURE = 125;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");

    PolicyIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("policy");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void policiesBesideACharterHoldAndStayAsTheyAre() throws IOException {
        Path charter = Files.copy(launcher.charter("written", work, ""), work.resolve("pawl.yaml"));
        Path policy = Files.createDirectory(work.resolve("policies")).resolve("no-id.cedar");
        Files.writeString(policy, """
                @id("no-id") @because("nobody needs to know who it is")
                forbid (principal, action == Action::"exec", resource is Program) when { resource.name == "id" };
                """);
        String before = Files.readString(policy);
        Ended ended = launcher.run(charter, work, "/bin/bash", "-c", """
                        worked=
                        id && worked="$worked id"
                        echo '// x' >> policies/no-id.cedar && worked="$worked append"
                        rm -rf policies && worked="$worked remove"
                        mv policies away && worked="$worked rename"
                        echo '' > policies/more.cedar && worked="$worked add"
                        echo "worked:$worked"
                        """).ended();
        assertThat(ended.out()).as(ended.toString()).isEqualTo("worked:\n");
        assertThat(policy).hasContent(before);
        assertThat(work.resolve("policies")).isDirectoryNotContaining("glob:**more.cedar");
        assertThat(launcher.events().stream()
                        .filter(event -> event.body() instanceof Body.Exec && Launcher.denied(event))
                        .map(Launcher::decision))
                .singleElement()
                .isEqualTo(Decision.deny(
                        "no-id",
                        null,
                        Path.of("/usr/bin/id").toRealPath() + " is refused: nobody needs to know who it is"));
    }

    @Test
    void whatTheAgentWroteItselfPermitsNothing() throws IOException {
        Path charter = Files.copy(launcher.charter("planted", work, ""), work.resolve("pawl.yaml"));
        launcher.run(charter, work, "/bin/bash", "-c", """
                        mkdir policies
                        echo 'permit (principal, action, resource);' > policies/mine.cedar
                        """).ended();
        Ended next = launcher.run(charter, work, "true").ended();
        assertThat(next.code()).isEqualTo(OWN_FAILURE);
        assertThat(next.err()).contains("policies/mine.cedar:1:1: this permits, and the agent may write here");
    }

    @Test
    void whatMayNotBeShownKeepsARunFromStarting() throws IOException {
        Path shared = Files.createDirectories(base.resolve("shared/secret"));
        String outside =
                Files.writeString(shared.resolve("note"), "in the clear").toString();
        String grant = "files: {read: [" + shared.getParent() + "]}\n";
        Path open = launcher.charter("open", work, grant);
        assertThat(launcher.run(open, work, "cat", outside).ended().out()).isEqualTo("in the clear");
        Path closed = launcher.charter("closed", work, grant + """
                boundaries:
                  - id: no-secret
                    never: Read it
                    because: It is one
                    paths: {read: ["%s"]}
                """.formatted(shared));
        Ended refused = launcher.run(closed, work, "cat", outside).ended();
        assertThat(refused.code()).isEqualTo(OWN_FAILURE);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains(shared.getParent() + " may not be shown (rule no-secret.read, boundary no-secret): " + shared)
                .contains("It is one; take it out of files.read");
    }

    @Test
    void aCommandNeedsNoGrantToBeShownButNoProhibitionEither() throws IOException {
        Path tools = Files.createDirectories(base.resolve("tools/bin"));
        Path tool = Files.writeString(tools.resolve("tool"), "#!/bin/sh\necho tool\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        assertThat(launcher.run(launcher.charter("open", work, ""), work, tool.toString())
                        .ended()
                        .out())
                .isEqualTo("tool\n");
        Path closed = launcher.charter("closed", work, """
                boundaries: [{id: no-tools, never: Use them, because: They are old, paths: {read: ["%s"]}}]
                """.formatted(tools.getParent()));
        Ended refused = launcher.run(closed, work, tool.toString()).ended();
        assertThat(refused.code()).isEqualTo(OWN_FAILURE);
        assertThat(refused.err())
                .contains(" may not be shown (rule no-tools.read, boundary no-tools): ")
                .contains("the command is shown with it");
    }

    @Test
    void anOrganisationStandsAboveEveryRun() throws IOException {
        Files.createDirectories(launcher.home());
        Files.writeString(launcher.home().resolve("organization.yaml"), """
                organization: Corp
                zones: [{id: db, because: Customers notice, networks: [203.0.113.0/24]}]
                limits: {wall: 1h}
                """);
        Path charter = launcher.charter("member", work, """
                network: {addresses: [{cidr: 203.0.113.0/24, port: 443}]}
                """);
        launcher.run(charter, work, "/bin/bash", "-c", "exec 3<>/dev/tcp/203.0.113.9/443")
                .ended();
        assertThat(launcher.events("member").stream()
                        .filter(event -> event.body() instanceof Body.Connect)
                        .map(Launcher::decision))
                .singleElement()
                .isEqualTo(Decision.deny(
                        "zone.db", "no-lateral-movement", "203.0.113.9:443 is refused: Customers notice"));
        Ended beyond = launcher.run(launcher.charter("greedy", work, "budget: {wall: 2h}\n"), work, "true")
                .ended();
        assertThat(beyond.code()).isEqualTo(OWN_FAILURE);
        assertThat(beyond.err()).contains("greedy.yaml:5:16: budget.wall is 2h; the organisation (");
        Ended broken = broken();
        assertThat(broken.code()).isEqualTo(OWN_FAILURE);
        assertThat(broken.err()).contains("organization.yaml:1:1: the organisation file has no organization");
    }

    private Ended broken() throws IOException {
        Files.writeString(launcher.home().resolve("organization.yaml"), "zones: []\n");
        return launcher.start(Launcher.NOTHING, work, List.of("run", "--", "true"))
                .ended();
    }
}
