package dev.pawl.gateway.leak.scan;

/**
 * Decides whether what begins with an anchor is a secret. Must say the same of the same stream however it came in pieces:
 * it may answer only when nothing that follows could change the answer, and otherwise asks for more.
 */
@FunctionalInterface
interface Check {
    /** No secret. */
    int NO = 0;

    /** Bytes from its beginning that a check may ask to see. */
    int MOST = 4096;

    /**
     * @param start index of the first byte of the anchor
     * @param after index of the first byte behind it
     * @return {@link #NO}, the length from {@code start} of a secret, or what {@link #more} makes
     */
    int judge(Window window, int start, int after);

    /** Asks to be called again when the window holds that many bytes from the beginning, or the stream ended. */
    static int more(int bytes) {
        return -Math.min(bytes, MOST);
    }
}
