package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent may not touch: its charter, Pawl's state, its user's home; and what it finds in place of the latter. */
final class CharterGuardIT {
    private static final int OWN_FAILURE = 125;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");

    CharterGuardIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("guarded");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void aCharterInTheWorkspaceStaysAsItIs() throws IOException {
        Path charter = inside("pawl.yaml");
        String before = Files.readString(charter);
        Ended ended = launcher.run(charter, work, "/bin/bash", "-c", """
                        worked=
                        echo 'x: y' >> pawl.yaml && worked="$worked append"
                        cp /dev/null pawl.yaml && worked="$worked truncate"
                        sed -i s/Ada/Eve/ pawl.yaml && worked="$worked sed"
                        rm -f pawl.yaml && worked="$worked remove"
                        mv pawl.yaml other && worked="$worked rename"
                        echo evil > evil; mv -f evil pawl.yaml && worked="$worked replace"
                        ln -sf /tmp/evil pawl.yaml && worked="$worked link"
                        chmod 777 pawl.yaml && worked="$worked chmod"
                        ln pawl.yaml hard && echo x >> hard && worked="$worked hardlink"
                        mv . ../moved && worked="$worked move"
                        umount pawl.yaml && worked="$worked umount"
                        echo "worked:$worked"
                        """).ended();
        assertThat(ended.out()).as(ended.toString()).isEqualTo("worked:\n");
        assertThat(charter).isRegularFile().hasContent(before);
        assertThat(Files.isSymbolicLink(charter)).isFalse();
    }

    @Test
    void theDirectoryThatLeadsToACharterStaysToo() throws IOException {
        Files.createDirectories(work.resolve("conf/deep"));
        Path charter = inside("conf/deep/pawl.yaml");
        String before = Files.readString(charter);
        Ended ended = launcher.run(charter, work, "/bin/bash", "-c", """
                        worked=
                        mv conf away && worked="$worked rename"
                        mv conf/deep conf/away && worked="$worked rename-below"
                        rm -rf conf && worked="$worked remove"
                        echo x >> conf/deep/pawl.yaml && worked="$worked append"
                        mkdir evil; mv -T evil conf && worked="$worked replace"
                        echo "worked:$worked"
                        """).ended();
        assertThat(ended.out()).as(ended.toString()).isEqualTo("worked:\n");
        assertThat(charter).hasContent(before);
    }

    @Test
    void aLinkToACharterCannotBeTurned() throws IOException {
        Path charter = launcher.charter("linked", work, "");
        Files.createSymbolicLink(work.resolve("pawl.yaml"), charter);
        launcher.run(work.resolve("pawl.yaml"), work, "/bin/bash", "-c", """
                        echo 'agent: evil' > mine.yaml
                        ln -sf mine.yaml pawl.yaml
                        rm -f pawl.yaml
                        true
                        """).ended();
        assertThat(Files.readString(work.resolve("pawl.yaml"))).contains("agent: linked");
    }

    @Test
    void homeIsPrivateAndPawlIsNotThere() throws IOException {
        Path charter = launcher.charter("private", work, "");
        Ended ended = launcher.run(charter, work, "/bin/bash", "-c", """
                        ls -A "$PAWL_HOME" "%s" 2>&1
                        ls -A ~
                        echo kept > ~/.profile; echo mine > ~/note; cat ~/note
                        env | grep -i pawl
                        ls -A /run/pawl
                        """.formatted(launcher.home()))
                .ended();
        assertThat(ended.out()).as(ended.toString()).contains("mine").doesNotContain("runs");
        assertThat(ended.out()).contains("PAWL_CHARTER=/run/pawl/charter.md").doesNotContain("PAWL_HOME");
        Path real = Path.of(System.getProperty("user.home"));
        assertThat(real.resolve("note")).doesNotExist();
        Path marker = Files.writeString(real.resolve(".pawl-guard-marker"), "x");
        try {
            Ended listed =
                    launcher.run(charter, work, "/bin/sh", "-c", "ls -A ~").ended();
            assertThat(listed.lines()).contains(".aws", ".ssh", "deploy").doesNotContain(".pawl-guard-marker");
        } finally {
            Files.delete(marker);
        }
    }

    @Test
    void openingADecoyIsAnEventOfTheProcessThatDid() throws IOException {
        Path charter = launcher.charter("curious", work, "");
        Ended ended = launcher.run(charter, work, "/bin/sh", "-c", "head -c 20 ~/.aws/credentials; sleep 0.3")
                .ended();
        assertThat(ended.out()).startsWith("[default]");
        List<Event> opened = launcher.events().stream()
                .filter(event -> event.body() instanceof Body.FileAccess)
                .toList();
        assertThat(opened).as(ended.toString()).hasSize(1);
        assertThat(opened.getFirst().body()).isInstanceOfSatisfying(Body.FileAccess.class, file -> {
            assertThat(file.path()).endsWith("/.aws/credentials");
            assertThat(file.decoy()).isTrue();
        });
        assertThat(Launcher.process(opened.getFirst()).argv()).contains("head");
    }

    @Test
    void homeIsNoWorkspace() throws IOException {
        String home = System.getProperty("user.home");
        Path charter = Files.writeString(base.resolve("home.yaml"), """
                agent: homely
                owner: {name: Ada}
                purpose: none
                workspace: %s
                """.formatted(home));
        Ended named = launcher.run(charter, work, "true").ended();
        assertThat(named.code()).isEqualTo(OWN_FAILURE);
        assertThat(named.err()).contains("home.yaml:4").contains("home directory");
        Ended builtIn = launcher.start(Launcher.NOTHING, Path.of(home), List.of("run", "--", "true"))
                .ended();
        assertThat(builtIn.code()).isEqualTo(OWN_FAILURE);
        assertThat(builtIn.err()).contains("home directory");
        Ended state = launcher.start(Launcher.NOTHING, launcher.base(), List.of("run", "--", "true"))
                .ended();
        assertThat(state.code()).as(state.toString()).isEqualTo(OWN_FAILURE);
        assertThat(state.err()).contains("Pawl's own state");
    }

    private Path inside(String name) throws IOException {
        return Files.copy(launcher.charter("guarded", work, ""), work.resolve(name));
    }
}
