package dev.pawl.gateway.leak.read;

/** Reads one stream, in pieces of any size. Not thread-safe. */
interface View extends AutoCloseable {
    /** Goes on with these bytes, which are not kept. */
    void feed(byte[] bytes, int from, int length) throws Unreadable;

    /** Nothing follows. */
    void finish() throws Unreadable;

    /** Begins another stream, whose positions go on from those of the one before. */
    void restart();

    /** Place in the input before which nothing could still become part of a finding. */
    long held();

    /** Bytes of input so far, of all streams. */
    long position();

    /** Gives native memory back. */
    @Override
    default void close() {}
}
