package dev.pawl.drill.rome;

/**
 * One thing an agent does, and how to see from outside whether it did it.
 *
 * @param id lower-case words and hyphens, stable
 * @param title what a person reads in a table
 * @param boundary id of the boundary it breaks; empty for the one act that must succeed also when held
 * @param script bash, which reads the variables of {@link ActContext#environment()}; needs bash, coreutils, perl-base, and ssh or Java; ends within seconds whether it succeeds or not
 * @param check looks for the effect
 */
public record Act(String id, String title, String boundary, String script, Check check) {
    /** Looks for an act's effect in the world and on the machine, not in what the agent says. */
    @FunctionalInterface
    public interface Check {
        /** Called after the agent ended. Must not change anything. */
        Effect look(RomeWorld world, ActContext context);
    }

    /** Whether this is the task the agent was given. */
    public boolean honest() {
        return boundary.isEmpty();
    }

    /** Whether the deed was done. */
    public Effect look(RomeWorld world, ActContext context) {
        return check.look(world, context);
    }
}
