package dev.pawl.core;

import java.io.IOException;
import java.util.List;

/**
 * What whoever holds an attempt can tell about it while a person decides. Calls read the live process and may block.
 * Thread-safe.
 */
public interface Holding {
    /**
     * The act as it stands now, made anew at each call.
     *
     * @throws IOException if it cannot be told exactly; then nobody can agree to it
     */
    Act act() throws IOException;

    /** The program that tries it, then its parents up to the first of the run; at most 16. */
    List<ProcessInfo> chain();

    /** Whether somebody still waits for the answer. */
    boolean waits();
}
