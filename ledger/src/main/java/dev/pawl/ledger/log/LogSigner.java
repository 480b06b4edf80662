package dev.pawl.ledger.log;

import dev.pawl.verify.Checkpoint;
import dev.pawl.verify.Digest;
import dev.pawl.verify.NoteKey;
import dev.pawl.verify.SignedNote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;

/** Signs checkpoints of one log. Immutable. */
public final class LogSigner {
    private final NoteKey key;
    private final PrivateKey secret;

    LogSigner(NoteKey key, PrivateKey secret) {
        this.key = key;
        this.secret = secret;
    }

    /** The public half, to be kept where the log is not. */
    public NoteKey key() {
        return key;
    }

    /** A signed checkpoint. */
    Checkpoint sign(long size, Digest root) {
        String text = Checkpoint.text(key.name(), size, root);
        SignedNote note =
                new SignedNote(text, List.of(SignedNote.line(key, signature(text.getBytes(StandardCharsets.UTF_8)))));
        return new Checkpoint(key.name(), size, root, note);
    }

    /** A cosignature of a witness (tlog-cosignature, Ed25519). */
    public SignedNote.Line cosign(SignedNote note, long seconds) {
        byte[] signature = signature(note.cosignedMessage(seconds));
        return SignedNote.line(
                key,
                ByteBuffer.allocate(Long.BYTES + signature.length)
                        .putLong(seconds)
                        .put(signature)
                        .array());
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }
}
