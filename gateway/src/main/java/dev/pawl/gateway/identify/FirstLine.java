package dev.pawl.gateway.identify;

/** The first line of a direction, where it is one of visible ASCII and short. */
final class FirstLine {
    static final int MORE = -1;
    static final int NONE = -2;

    private FirstLine() {}

    /** Where its line feed stands; {@link #MORE} if that may still come, {@link #NONE} if what stands there is no line. */
    static int end(Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.at(i);
            if (b == '\n') {
                return i;
            }
            boolean carriage = i > 0 && bytes.at(i - 1) == '\r';
            if (i >= Details.LIMIT || carriage || (b != '\r' && (b < 0x20 || b > 0x7e))) {
                return NONE;
            }
        }
        return MORE;
    }
}
