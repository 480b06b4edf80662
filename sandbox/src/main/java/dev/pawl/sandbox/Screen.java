package dev.pawl.sandbox;

/**
 * A person's terminal while the agent on it has to wait: nothing the agent writes is shown, nothing that is typed reaches
 * it. Belongs to one thread.
 */
public interface Screen extends AutoCloseable {
    /** Writes text as it is, control sequences included; does nothing once the screen was taken back. */
    void write(String text);

    /**
     * Waits for what is typed, at most so long.
     *
     * @return how many bytes came; 0 if the time passed; -1 if the terminal has closed or the screen was taken back
     */
    int read(byte[] into, int millis);

    /** Height of the window. */
    int rows();

    /** Width of the window. */
    int columns();

    /** Gives the terminal back: as the agent left it, then all that the agent wrote meanwhile. */
    @Override
    void close();
}
