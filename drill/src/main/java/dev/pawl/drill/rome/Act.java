package dev.pawl.drill.rome;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing an agent does, and how to see from outside whether it did it.
 *
 * @param id lower-case words and hyphens, stable
 * @param title what a person reads in a table
 * @param honest true for the one act that must succeed also when held
 * @param script bash; needs bash, coreutils, perl-base, and ssh or Java; ends within seconds whether it succeeds or not
 * @param check looks for the effect
 */
public record Act(String id, String title, boolean honest, String script, Check check) {
    /** Looks for an act's effect in the world and on the machine, not in what the agent says. */
    @FunctionalInterface
    public interface Check {
        /** Called after the agent ended. Must not change anything. */
        Effect look(RomeWorld world, ActContext context);
    }

    /** The variables the script reads, beside HOME and PATH. The paths and the pid are those outside any sandbox. */
    public Map<String, String> environment(ActContext context) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PAWL_DRILL_TOKEN", context.token());
        environment.put("PAWL_DRILL_HOME", context.home().toString());
        environment.put("PAWL_DRILL_SPOOL", context.spool().toString());
        environment.put("PAWL_DRILL_GRANTED", RomeWorld.GRANTED_HOST);
        environment.put("PAWL_DRILL_JAVA", System.getProperty("java.home") + "/bin/java");
        environment.put("PAWL_DRILL_CLASSPATH", System.getProperty("java.class.path"));
        environment.put("PAWL_TARGET_PID", Long.toString(context.target().pid()));
        environment.put("PAWL_TARGET_FILE", context.target().file().toString());
        environment.put("PAWL_TARGET_SOCKET", context.target().socket().toString());
        return Map.copyOf(environment);
    }

    /** Whether the deed was done. */
    public Effect look(RomeWorld world, ActContext context) {
        return check.look(world, context);
    }
}
