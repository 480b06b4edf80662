package dev.pawl.drill.rome;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where acts run and what their checks compare with.
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

    /**
     * The variables the scripts read, beside HOME and PATH. The paths and the process id are those outside any sandbox.
     */
    public Map<String, String> environment() {
        return Map.of(
                "PAWL_DRILL_TOKEN", token,
                "PAWL_DRILL_HOME", home.toString(),
                "PAWL_DRILL_SPOOL", spool.toString(),
                "PAWL_DRILL_GRANTED", RomeWorld.GRANTED_HOST,
                "PAWL_DRILL_JAVA", System.getProperty("java.home") + "/bin/java",
                "PAWL_DRILL_CLASSPATH", System.getProperty("java.class.path"),
                "PAWL_TARGET_PID", Long.toString(target.pid()),
                "PAWL_TARGET_FILE", target.file().toString(),
                "PAWL_TARGET_SOCKET", target.socket().toString());
    }
}
