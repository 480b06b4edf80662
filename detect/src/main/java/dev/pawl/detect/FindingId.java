package dev.pawl.detect;

import dev.pawl.core.Event;
import dev.pawl.detect.sigma.rule.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An id for a finding in the form of a ULID: the time of the event that completed it, then 80 bits of a hash of that
 * event's id and the rule. So a replay gives the same ids, and two rules give different ones.
 */
final class FindingId {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private FindingId() {}

    static String of(Event event, Header rule) {
        byte[] hash = sha256(event.run() + "\n" + event.id() + "\n" + rule.key() + "\n" + rule.title());
        StringBuilder id = new StringBuilder(26);
        put(id, event.time().toEpochMilli(), 10);
        ByteBuffer bits = ByteBuffer.wrap(hash);
        put(id, bits.getLong(), 8);
        put(id, bits.getLong(), 8);
        return id.toString();
    }

    private static void put(StringBuilder id, long bits, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            id.append(DIGITS.charAt((int) (bits >>> (5 * i)) & 31));
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
