package dev.pawl.gateway.leak.read;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks deflate data piece by piece. What stands before a fault counts. Not thread-safe; has native memory to give back. */
final class Inflating implements AutoCloseable {
    final byte[] out = new byte[8192];
    private Inflater inflater;
    private boolean open = true;
    private boolean broken;

    /** {@code bare}: without the wrapper of zlib. */
    Inflating(boolean bare) {
        inflater = new Inflater(bare);
    }

    /** Begins anew, {@code bare} or not. */
    void become(boolean bare) {
        inflater.end();
        inflater = new Inflater(bare);
        broken = false;
    }

    void restart() {
        inflater.reset();
        broken = false;
    }

    void give(byte[] bytes, int from, int length) {
        inflater.setInput(bytes, from, length);
    }

    /** Bytes that are now in {@code out}; 0 if there are none before more is given. */
    int next() {
        if (broken) {
            return 0;
        }
        long before = inflater.getBytesWritten();
        try {
            int made = inflater.inflate(out);
            broken = inflater.needsDictionary();
            return made;
        } catch (DataFormatException e) {
            broken = true;
            return (int) (inflater.getBytesWritten() - before);
        }
    }

    /** Whether it is no deflate data, or needs what is not known. */
    boolean broken() {
        return broken;
    }

    boolean finished() {
        return inflater.finished();
    }

    /** Bytes given and not used. */
    int rest() {
        return inflater.getRemaining();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            inflater.end();
        }
    }
}
