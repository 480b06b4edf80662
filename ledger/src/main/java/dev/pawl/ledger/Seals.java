package dev.pawl.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.core.Event;
import dev.pawl.ledger.log.RealDisk;
import dev.pawl.verify.EntryBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what runs did, each with a key of its own (AES-256-GCM, NIST SP 800-38D): the record then holds in the clear only
 * which event it is. Destroying a key erases the content of its run; hashes and proofs stay what they were. Thread-safe.
 *
 * <p>Only events of runs are sealed. What is said about the record itself must stay readable.
 */
final class Seals {
    private static final Pattern RUN = Pattern.compile("r-[a-z0-9]{1,32}");
    private static final String ON = "on";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Base 64 makes four bytes of three, and the names around it take their place. */
    private static final int MOST = (EntryBundle.MAX_ENTRY - 1024) / 4 * 3;

    private final RealDisk disk = new RealDisk();
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Optional<SecretKey>> keys = new ConcurrentHashMap<>();
    private final Path directory;

    private Seals(Path directory) {
        this.directory = directory;
    }

    static Seals of(Path home) {
        return new Seals(home.resolve("seals"));
    }

    /** Whether runs that begin are sealed. */
    boolean areOn() throws IOException {
        return disk.read(directory.resolve(ON)).isPresent();
    }

    void turn(boolean on) throws IOException {
        disk.makeDirectories(directory);
        if (on) {
            disk.write(directory.resolve(ON), new byte[0]);
        } else {
            disk.delete(directory.resolve(ON));
        }
        disk.sync(directory);
    }

    /** Makes an event an entry of the record, sealed if its run is. */
    byte[] encode(Event event) throws IOException {
        Optional<SecretKey> key = keys.get(event.run());
        if (key == null) {
            key = RUN.matcher(event.run()).matches() ? writing(event.run()) : Optional.empty();
        }
        return key.isPresent() ? seal(event, key.get()) : EntryJson.encode(event, EntryBundle.MAX_ENTRY);
    }

    /** Makes an entry of the record an event again. */
    EventJson.Line open(byte[] entry) {
        return switch (JsonObject.parse(entry)) {
            case JsonObject.Malformed(String reason) -> new EventJson.Unreadable(reason);
            case JsonObject.Whole(JsonObject object) ->
                object.has("sealed") ? unseal(object) : EventDecoder.decode(object);
        };
    }

    /** Whether there is a key of this run. */
    boolean has(String run) throws IOException {
        return RUN.matcher(run).matches() && disk.read(file(run)).isPresent();
    }

    /** Destroys the key of a run, which must be there. */
    void destroy(String run) throws IOException {
        Path file = file(run);
        disk.write(file, new byte[KEY_BYTES]);
        disk.sync(file);
        disk.delete(file);
        disk.sync(directory);
        keys.remove(run);
    }

    private byte[] seal(Event event, SecretKey key) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] content = crypt(Cipher.ENCRYPT_MODE, key, nonce, event.id(), event.run(), EntryJson.encode(event, MOST));
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + content.length);
        System.arraycopy(content, 0, sealed, NONCE_BYTES, content.length);
        CanonicalOut out = new CanonicalOut();
        out.text("id", event.id())
                .text("time", Timestamps.text(event.time()))
                .text("agent", event.agent())
                .text("run", event.run())
                .text("kind", event.body().kind())
                .text("sealed", Base64.getEncoder().encodeToString(sealed));
        return out.object();
    }

    private EventJson.Line unseal(JsonObject object) {
        try {
            String run = object.text("run");
            String id = object.text("id");
            Optional<SecretKey> key = RUN.matcher(run).matches() ? read(run) : Optional.empty();
            if (key.isEmpty()) {
                return new EventJson.Unreadable(
                        object.text("kind") + " event " + id + " of " + run + ": sealed, and its key was destroyed");
            }
            byte[] sealed = Base64.getDecoder().decode(object.text("sealed"));
            if (sealed.length < NONCE_BYTES) {
                return new EventJson.Unreadable("a seal that is too short");
            }
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            byte[] content = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
            return EventJson.decode(crypt(Cipher.DECRYPT_MODE, key.get(), nonce, id, run, content));
        } catch (JsonFault | IllegalArgumentException | IllegalStateException | IOException e) {
            return new EventJson.Unreadable("sealed, and cannot be opened: " + e.getMessage());
        }
    }

    /** Which event it is belongs to the seal: one cannot stand in the place of another. */
    private static byte[] crypt(int mode, SecretKey key, byte[] nonce, String id, String run, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((id + "\n" + run).getBytes(UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("not what was sealed with this key", e);
        }
    }

    /** The key of a run that writes; made and on the disk before its first event is, if runs are to be sealed. */
    private Optional<SecretKey> writing(String run) throws IOException {
        Optional<SecretKey> known = keys.get(run);
        if (known != null) {
            return known;
        }
        synchronized (this) {
            Optional<SecretKey> key = read(run);
            if (key.isEmpty() && areOn()) {
                byte[] secret = new byte[KEY_BYTES];
                random.nextBytes(secret);
                Path making = directory.resolve("." + run);
                disk.write(making, secret);
                disk.sync(making);
                disk.rename(making, file(run));
                disk.sync(directory);
                key = Optional.of(new SecretKeySpec(secret, "AES"));
            }
            keys.put(run, key);
            return key;
        }
    }

    private Optional<SecretKey> read(String run) throws IOException {
        Optional<SecretKey> known = keys.get(run);
        if (known != null && known.isPresent()) {
            return known;
        }
        Optional<SecretKey> key = disk.read(file(run))
                .filter(secret -> secret.length == KEY_BYTES)
                .map(secret -> new SecretKeySpec(secret, "AES"));
        key.ifPresent(found -> keys.put(run, Optional.of(found)));
        return key;
    }

    private Path file(String run) {
        return directory.resolve(run);
    }
}
