package dev.pawl.cli.charter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.view.Plain;
import dev.pawl.ledger.JsonOut;
import dev.pawl.policy.CharterException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** How these commands speak: text that cannot steer a terminal, JSON a line, problems on standard error. */
final class Answer {
    /** What a command does, with an exit code. */
    @FunctionalInterface
    interface Task {
        int run() throws CharterException, IOException;
    }

    private final CommandSpec command;

    Answer(CommandSpec command) {
        this.command = command;
    }

    /** Runs it; a charter that cannot be used is a message and exit code 1. */
    int of(Task task) {
        try {
            return task.run();
        } catch (CharterException e) {
            e.problems().forEach(problem -> problem(problem.toString()));
            return 1;
        } catch (IOException e) {
            problem("pawl: " + e.getMessage());
            return 1;
        } finally {
            command.commandLine().getOut().flush();
            command.commandLine().getErr().flush();
        }
    }

    void line(String text) {
        command.commandLine().getOut().println(Plain.text(text));
    }

    void lines(List<String> lines) {
        lines.forEach(this::line);
    }

    /** Text that was made to be printed as it is, line breaks included. */
    void text(String text) {
        command.commandLine().getOut().print(text);
    }

    void json(JsonOut object) {
        command.commandLine().getOut().print(new String(object.line(), UTF_8));
    }

    void problem(String text) {
        command.commandLine().getErr().println(Plain.text(text));
    }
}
