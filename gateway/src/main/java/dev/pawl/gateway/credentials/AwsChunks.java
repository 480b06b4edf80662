package dev.pawl.gateway.credentials;

import dev.pawl.gateway.credentials.AwsSignature.Unusable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A body in which each chunk is signed, and perhaps what follows the last ("Signature calculations for the Authorization
 * header: transferring payload in multiple chunks", Amazon S3), signed anew as it comes. The signature stands before its
 * chunk, so a chunk goes on when it is whole; lengths stay as they were. Used by one thread.
 */
final class AwsChunks {
    /** Of one chunk: SDKs send 64 to 128 KiB. */
    static final int MOST = 1 << 20;

    private static final int LINE = 128;
    private static final int TRAILERS = 4096;
    private static final String EXTENSION = ";chunk-signature=";
    private static final String SIGNED_TRAILER = "x-amz-trailer-signature:";
    private static final String REASON = "its body is not in signed chunks as its head says";

    private final AwsSigner signer;
    private final boolean trailers;
    private String previous;
    private byte[] held = new byte[0];
    private int length;
    private boolean ended;
    private boolean over;

    /**
     * @param seed the signature of the request's head
     * @param trailers whether signed trailers follow
     */
    AwsChunks(AwsSigner signer, String seed, boolean trailers) {
        this.signer = signer;
        this.previous = seed;
        this.trailers = trailers;
    }

    /** Takes bytes of the body; what can go on now. */
    byte[] take(byte[] more) throws Unusable {
        held = held.length < length + more.length
                ? Arrays.copyOf(held, Math.max(length + more.length, 2 * held.length))
                : held;
        System.arraycopy(more, 0, held, length, more.length);
        length += more.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        int at = 0;
        int next = step(at, out);
        while (next > at) {
            at = next;
            next = step(at, out);
        }
        length -= at;
        System.arraycopy(held, at, held, 0, length);
        return out.toByteArray();
    }

    /** Whether the body is whole. */
    boolean whole() {
        return over && length == 0;
    }

    /** Where the next step begins; the same place where more has to come first. */
    private int step(int at, ByteArrayOutputStream out) throws Unusable {
        if (over && at < length) {
            throw new Unusable(REASON);
        }
        return over ? at : ended ? trailers(at, out) : chunk(at, out);
    }

    private int chunk(int at, ByteArrayOutputStream out) throws Unusable {
        int line = line(at, LINE);
        if (line < 0) {
            return at;
        }
        String head = text(at, line);
        int extension = head.indexOf(EXTENSION);
        if (extension < 0
                || !head.substring(0, extension).matches("[0-9a-fA-F]{1,7}")
                || !isSignature(head, extension)) {
            throw new Unusable(REASON);
        }
        int size = Integer.parseInt(head.substring(0, extension), 16);
        if (size > MOST) {
            throw new Unusable("a signed chunk of its body has more than " + MOST
                    + " bytes; have the client send smaller chunks, or unsigned ones (payload signing off)");
        }
        int from = line + 2;
        if (size == 0) {
            sign(head.substring(0, extension), from, 0, out);
            ended = true;
            return from;
        }
        if (length < from + size + 2) {
            return at;
        }
        if (held[from + size] != '\r' || held[from + size + 1] != '\n') {
            throw new Unusable(REASON);
        }
        sign(head.substring(0, extension), from, size, out);
        out.write(held, from, size + 2);
        return from + size + 2;
    }

    private void sign(String size, int from, int count, ByteArrayOutputStream out) {
        previous = signer.chunk(previous, held, from, count);
        out.writeBytes((size + EXTENSION + previous + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Everything behind the last chunk, which has to be there as a whole. */
    private int trailers(int at, ByteArrayOutputStream out) throws Unusable {
        StringBuilder canonical = new StringBuilder();
        StringBuilder written = new StringBuilder();
        boolean signed = false;
        int from = at;
        while (true) {
            int line = line(from, TRAILERS);
            if (line < 0) {
                return at;
            }
            String field = text(from, line);
            from = line + 2;
            if (from - at > TRAILERS
                    || (field.isEmpty() && trailers != signed)
                    || (!field.isEmpty() && (!trailers || signed))) {
                throw new Unusable(REASON);
            }
            if (field.isEmpty()) {
                out.writeBytes(written.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
                over = true;
                return from;
            }
            signed = field.startsWith(SIGNED_TRAILER);
            if (signed) {
                previous = signer.trailers(previous, canonical.toString());
                written.append(SIGNED_TRAILER).append(previous).append("\r\n");
            } else {
                canonical.append(canonical(field)).append('\n');
                written.append(field).append("\r\n");
            }
        }
    }

    private static String canonical(String field) throws Unusable {
        int colon = field.indexOf(':');
        if (colon <= 0) {
            throw new Unusable(REASON);
        }
        return field.substring(0, colon).toLowerCase(Locale.ROOT) + ":"
                + field.substring(colon + 1).strip();
    }

    /** Where the line ends that begins here; -1 where it does not yet. */
    private int line(int at, int most) throws Unusable {
        for (int i = at; i < Math.min(length, at + most) - 1; i++) {
            if (held[i] == '\r' && held[i + 1] == '\n') {
                return i;
            }
        }
        if (length - at >= most) {
            throw new Unusable(REASON);
        }
        return -1;
    }

    private String text(int from, int to) {
        return new String(held, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isSignature(String head, int extension) {
        return head.substring(extension + EXTENSION.length()).matches("[0-9a-f]{64}");
    }
}
