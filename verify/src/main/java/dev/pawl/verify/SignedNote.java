package dev.pawl.verify;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;

/**
 * A text with signatures (C2SP signed-note). Nothing of it may be believed before {@link #requireSignature}.
 *
 * @param text ends with a line feed
 */
public record SignedNote(String text, List<Line> lines) {
    static final int MAX_BYTES = 1 << 20;

    /** Em dash and space. */
    private static final String MARK = "\u2014 ";

    private static final int ID_BYTES = 4;

    public SignedNote {
        lines = List.copyOf(lines);
    }

    /**
     * One signature.
     *
     * @param base64 id and signature, spelled as it stood there
     */
    public record Line(String name, String base64) {
        int id() {
            return ByteBuffer.wrap(Base64.getDecoder().decode(base64)).getInt();
        }

        byte[] signature() {
            byte[] all = Base64.getDecoder().decode(base64);
            return Arrays.copyOfRange(all, ID_BYTES, all.length);
        }

        /** As it stands in a note, with its line feed. */
        public String text() {
            return MARK + name + " " + base64 + "\n";
        }
    }

    /** A signature line of this key. */
    public static Line line(NoteKey key, byte[] signature) {
        byte[] all = ByteBuffer.allocate(ID_BYTES + signature.length)
                .putInt(key.id())
                .put(signature)
                .array();
        return new Line(key.name(), Base64.getEncoder().encodeToString(all));
    }

    /**
     * Takes a note apart.
     *
     * @throws FormatFault if it is none
     */
    public static SignedNote parse(byte[] bytes) throws FormatFault {
        String note = utf8(bytes);
        if (note.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new FormatFault("a note with control characters");
        }
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || blank + 2 >= note.length()) {
            throw new FormatFault("a note without signatures");
        }
        return new SignedNote(note.substring(0, blank + 1), lines(note.substring(blank + 2)));
    }

    /**
     * Reads signature lines.
     *
     * @throws FormatFault if one of them is none
     */
    public static List<Line> lines(String text) throws FormatFault {
        if (!text.endsWith("\n")) {
            throw new FormatFault("a signature line without its end");
        }
        List<Line> lines = new ArrayList<>();
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            String[] parts =
                    line.startsWith(MARK) ? line.substring(MARK.length()).split(" ", -1) : new String[0];
            if (parts.length != 2 || Base64Text.decode(parts[1]).length <= ID_BYTES) {
                throw new FormatFault("a line after the blank one is no signature");
            }
            NoteKey.checkName(parts[0]);
            lines.add(new Line(parts[0], parts[1]));
        }
        return lines;
    }

    /**
     * Demands a signature of this key over the whole text. Lines of other keys are passed over.
     *
     * @throws FormatFault if there is none, or one that does not hold
     */
    public void requireSignature(NoteKey key) throws FormatFault {
        if (key.type() != NoteKey.PLAIN) {
            throw new FormatFault("the key of a witness is no key of a log");
        }
        boolean signed = false;
        for (Line line : lines) {
            if (key.claims(line)) {
                if (!key.verify(text.getBytes(StandardCharsets.UTF_8), line.signature())) {
                    throw new FormatFault("the signature of " + key.name() + " does not hold");
                }
                signed = true;
            }
        }
        if (!signed) {
            throw new FormatFault("not signed by the key " + key.text());
        }
    }

    /** When a witness cosigned this, in seconds since 1970; empty if it did not, or its signature does not hold. */
    public OptionalLong cosignedBy(NoteKey witness) {
        for (Line line : lines) {
            byte[] signature = line.signature();
            if (witness.type() == NoteKey.COSIGNATURE && witness.claims(line) && signature.length > Long.BYTES) {
                long seconds = ByteBuffer.wrap(signature).getLong();
                byte[] rest = Arrays.copyOfRange(signature, Long.BYTES, signature.length);
                if (seconds > 0 && witness.verify(cosignedMessage(seconds), rest)) {
                    return OptionalLong.of(seconds);
                }
            }
        }
        return OptionalLong.empty();
    }

    /** What a witness signs (tlog-cosignature). */
    public byte[] cosignedMessage(long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    /** The note as it is stored. */
    public byte[] bytes() {
        StringBuilder note = new StringBuilder(text).append('\n');
        lines.forEach(line -> note.append(line.text()));
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String utf8(byte[] bytes) throws FormatFault {
        if (bytes.length > MAX_BYTES) {
            throw new FormatFault("longer than " + MAX_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatFault("not UTF-8");
        }
    }
}
