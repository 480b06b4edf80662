package dev.pawl.core;

import java.security.SecureRandom;
import java.time.Clock;

/**
 * Makes event ids: 26 characters of Crockford base 32, 48 bits of milliseconds and 80 random bits (the ULID
 * specification). Ids of one maker strictly ascend, also within a millisecond and when the clock steps back.
 * Thread-safe.
 */
public final class Ulid {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private long millis;
    private long high;
    private long low;

    public Ulid(Clock clock) {
        this.clock = clock;
    }

    /** The next id. */
    public synchronized String next() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            high = random.nextInt() & 0x7fff_ffffL;
            low = random.nextLong() & 0xff_ffff_ffffL;
        } else if (++low > 0xff_ffff_ffffL) {
            low = 0;
            high++;
        }
        char[] text = new char[26];
        put(text, 0, 10, millis);
        put(text, 10, 18, high);
        put(text, 18, 26, low);
        return new String(text);
    }

    private static void put(char[] text, int from, int to, long value) {
        long rest = value;
        for (int i = to - 1; i >= from; i--) {
            text[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }
}
