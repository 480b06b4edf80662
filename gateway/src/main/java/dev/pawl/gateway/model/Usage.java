package dev.pawl.gateway.model;

/**
 * Tokens as the provider counted them.
 *
 * @param input all that was read, cached ones included
 * @param cached those of the input that were read from a cache
 * @param written those of the input that were written to a cache
 * @param output all that was written, reasoning included
 */
public record Usage(long input, long cached, long written, long output) {
    /** Nothing. */
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    /** Tokens in and out. */
    public long total() {
        return input + output;
    }
}
