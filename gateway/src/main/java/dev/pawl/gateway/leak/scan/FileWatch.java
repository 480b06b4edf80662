package dev.pawl.gateway.leak.scan;

/** Looks for pieces of marked files in one stream. Not thread-safe. */
final class FileWatch {
    /** Bytes of a stream between two pieces that count together. */
    static final int NEAR = 4096;

    static final String KIND = "marked-file";

    private final MarkedFiles files;
    private final Pieces pieces = new Pieces();
    private int seen;
    private long before;
    private long first;
    private long latest;
    private boolean found;

    FileWatch(MarkedFiles files) {
        this.files = files;
    }

    void restart() {
        pieces.restart();
        seen = 0;
        found = false;
    }

    void feed(byte[] bytes, int from, int to, long base) {
        pieces.each(bytes, from, to, (hash, index) -> {
            int needed = files.needed(hash);
            if (needed > 0 && !found) {
                piece(hash, needed, base + index);
            }
        });
        if (seen > 0 && !found && base + to - latest > NEAR) {
            seen = 0;
        }
    }

    private void piece(long hash, int needed, long position) {
        if (seen > 0 && position - latest > NEAR) {
            seen = 0;
        }
        if (seen == 0) {
            first = Math.max(0, position - MarkedFiles.PIECE + 1);
        } else if (hash == before) {
            return;
        }
        seen++;
        before = hash;
        latest = position;
        found = seen >= needed;
    }

    boolean found() {
        return found;
    }

    /** Where the first piece began, while it is open whether more follow; {@link Long#MAX_VALUE} otherwise. */
    long held() {
        return seen > 0 && !found ? first : Long.MAX_VALUE;
    }

    long start() {
        return first;
    }
}
