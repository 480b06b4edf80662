package dev.pawl.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/** What a command does, with an exit code; an {@link IOException} is a message and exit code 1. */
@FunctionalInterface
interface Task {
    int run() throws IOException;

    static int guarded(CommandSpec command, Task task) {
        try {
            int code = task.run();
            command.commandLine().getOut().flush();
            return code;
        } catch (IOException e) {
            return refuse(command, String.valueOf(e.getMessage()));
        }
    }

    static int refuse(CommandSpec command, String message) {
        command.commandLine().getOut().flush();
        command.commandLine().getErr().println("pawl: " + message);
        command.commandLine().getErr().flush();
        return 1;
    }
}
