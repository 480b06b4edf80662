package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.cli.charter.CharterCommand;
import dev.pawl.policy.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CharterCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showPrintsTheCharterOrWhatTheAgentIsTold() throws IOException {
        Path charter =
                Files.writeString(directory.resolve("c.yaml"), "agent: fixer\nowner: {name: Ada}\npurpose: Mend it\n");
        assertThat(run("show", charter.toString())).isZero();
        assertThat(out.toString()).startsWith("agent: fixer\n").doesNotContain("Never: ");
        assertThat(run("show", "--for-agent", charter.toString())).isZero();
        assertThat(out.toString()).startsWith("# Your charter\n").contains("> Mend it\n", "**no-spending** Never: ");
    }

    @Test
    void whatCannotBeReadIsNotShown() throws IOException {
        Path charter = Files.writeString(directory.resolve("c.yaml"), "agent: fixer\n");
        assertThat(run("show", "--for-agent", charter.toString())).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("no owner; an agent without an owner does not start");
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return CharterCommand.line(Surroundings::current)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }
}
