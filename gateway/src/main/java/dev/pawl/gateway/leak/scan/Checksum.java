package dev.pawl.gateway.leak.scan;

import java.util.zip.CRC32;

/**
 * The checksum of GitHub's and npm's tokens: behind 30 characters of base 62 stands their CRC-32 in six more, digits before
 * capitals before small letters.
 */
final class Checksum {
    static final int LENGTH = 36;

    private static final int COVERED = 30;
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Checksum() {}

    static boolean holds(Window window, int from, int length) {
        if (length != LENGTH) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(window.bytes, from, COVERED);
        long rest = crc.getValue();
        for (int i = LENGTH - 1; i >= COVERED; i--) {
            if (window.at(from + i) != DIGITS.charAt((int) (rest % 62))) {
                return false;
            }
            rest /= 62;
        }
        return true;
    }
}
