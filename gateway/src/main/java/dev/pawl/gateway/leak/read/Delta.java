package dev.pawl.gateway.leak.read;

/** A difference between two objects of a pack (gitformat-pack, "Deltified representation"). Not thread-safe. */
final class Delta {
    private int sizes;
    private int skip;
    private int insert;

    void restart() {
        sizes = 2;
        skip = 0;
        insert = 0;
    }

    /** Leaves of the bytes those that are new, at the front, and says how many. */
    int inserted(byte[] bytes, int length) throws Unreadable {
        int kept = 0;
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if (sizes > 0) {
                sizes -= b >= 0 ? 1 : 0;
            } else if (skip > 0) {
                skip--;
            } else if (insert > 0) {
                insert--;
                bytes[kept++] = b;
            } else if (b < 0) {
                skip = Integer.bitCount(b & 0x7f);
            } else if (b > 0) {
                insert = b;
            } else {
                throw new Unreadable("The body is not what git push sends.");
            }
        }
        return kept;
    }
}
