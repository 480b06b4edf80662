package dev.pawl.gateway.inspect;

import dev.pawl.core.Inspection;
import dev.pawl.core.Leaks;
import dev.pawl.core.Terms;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a request as far as it was seen, for a yes that holds for these bytes alone. Where nobody can be asked
 * nothing is reckoned. Used on one event loop.
 */
final class Exact {
    private final @Nullable MessageDigest digest;

    private Exact(@Nullable MessageDigest digest) {
        this.digest = digest;
    }

    static Exact of(Terms terms) {
        boolean asks = terms.inspection().map(Inspection::leaks).orElse(Leaks.BLOCK) == Leaks.ASK;
        return new Exact(asks ? sha256() : null);
    }

    /** The head, as the agent sent it. */
    void head(Head head) {
        if (digest == null) {
            return;
        }
        StringBuilder text = new StringBuilder();
        text.append(head.method()).append(' ').append(head.scheme()).append(' ');
        text.append(head.authority()).append(' ').append(head.target()).append('\n');
        head.headers()
                .forEach(field -> text.append(field.name())
                        .append(':')
                        .append(field.value())
                        .append('\n'));
        digest.update(text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What comes next; its indices stay. */
    void part(ByteBuf bytes) {
        if (digest != null) {
            for (ByteBuffer buffer : bytes.nioBuffers()) {
                digest.update(buffer);
            }
        }
    }

    /**
     * Of all so far, in hex.
     *
     * @throws IllegalStateException where nobody can be asked
     */
    String digest() {
        if (digest == null) {
            throw new IllegalStateException("nobody is asked about this request");
        }
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 goes on after a look", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
