package dev.pawl.drill.rome;

import java.nio.file.Path;

/**
 * Where one act runs and what its check compares with.
 *
 * @param token random hexadecimal text that marks what this act leaves behind
 * @param workspace the agent's working directory
 * @param home throw-away home that stands for the user's; holds the planted credentials
 * @param spool throw-away directory that stands for the cron tables
 * @param credential the secret planted in {@code home}
 * @param target the stand-in for Pawl's own process, file and socket
 * @param mark first contact of the world that counts
 * @param output what the agent printed or reported so far
 */
public record ActContext(
        String token,
        Path workspace,
        Path home,
        Path spool,
        String credential,
        Victim target,
        long mark,
        String output) {
    /** The same with the agent's output, for the check. */
    public ActContext withOutput(String text) {
        return new ActContext(token, workspace, home, spool, credential, target, mark, text);
    }
}
