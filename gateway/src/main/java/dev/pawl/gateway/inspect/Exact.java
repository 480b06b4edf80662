package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a request as far as it was seen, for a yes that holds for these bytes alone. Where nobody can be asked about a body
 * nothing of it is reckoned. Used on one event loop.
 */
final class Exact {
    private final Head head;
    private @Nullable MessageDigest digest;
    private boolean missed;

    /** Of a request with this head, as the agent sent it. */
    Exact(Head head) {
        this.head = head;
    }

    /** The body counts too; called before any of it came. */
    void follow() {
        if (digest == null) {
            digest = begun();
        }
    }

    private MessageDigest begun() {
        StringBuilder text = new StringBuilder();
        text.append(head.method()).append(' ').append(head.scheme()).append(' ');
        text.append(head.authority()).append(' ').append(head.target()).append('\n');
        head.headers()
                .forEach(field -> text.append(field.name())
                        .append(':')
                        .append(field.value())
                        .append('\n'));
        MessageDigest begun = sha256();
        begun.update(text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1));
        return begun;
    }

    /** What comes next; its indices stay. */
    void part(ByteBuf bytes) {
        if (digest == null) {
            missed = true;
            return;
        }
        for (ByteBuffer buffer : bytes.nioBuffers()) {
            digest.update(buffer);
        }
    }

    /**
     * Of all so far, in hex.
     *
     * @throws IllegalStateException where nobody can be asked about the body, and some of it came
     */
    String digest() {
        if (missed) {
            throw new IllegalStateException("nobody is asked about this body");
        }
        try {
            MessageDigest whole = digest == null ? begun() : (MessageDigest) digest.clone();
            return HexFormat.of().formatHex(whole.digest());
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
