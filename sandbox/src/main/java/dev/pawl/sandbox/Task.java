package dev.pawl.sandbox;

import dev.pawl.core.Budget;
import java.util.List;
import java.util.Map;

/**
 * What runs in a prepared sandbox.
 *
 * @param run id of the run
 * @param command program and arguments
 * @param environment the whole environment of the agent
 * @param directory where it starts, a path inside the sandbox
 * @param decoys text files planted in the private home, path inside to content; opening one is recorded
 * @param budget limits
 */
public record Task(
        String run,
        List<String> command,
        Map<String, String> environment,
        String directory,
        Map<String, String> decoys,
        Budget budget) {
    public Task {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        decoys = Map.copyOf(decoys);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a run needs a command");
        }
    }
}
