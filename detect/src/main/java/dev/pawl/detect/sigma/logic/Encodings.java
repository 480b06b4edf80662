package dev.pawl.detect.sigma.logic;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The encoding modifiers. Bytes travel as text whose characters are 0 to 255, one a byte. */
final class Encodings {
    private Encodings() {}

    /** UTF-8, for what no other encoding was asked. */
    static String plain(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static String utf16(String text, Charset charset, boolean mark) {
        return (mark ? "\u00ff\u00fe" : "") + bytes(text.getBytes(charset));
    }

    static String base64(String bytes) {
        return Base64.getEncoder().encodeToString(raw(bytes));
    }

    /**
     * The three texts one of which appears in the Base64 of anything that contains the bytes. The first and the last
     * character depend on what stands beside the bytes, so they are cut off.
     */
    static List<String> base64Offsets(String bytes) {
        return List.of(offset(bytes, 0), offset(bytes, 1), offset(bytes, 2));
    }

    private static String offset(String bytes, int shift) {
        String encoded = base64("\0".repeat(shift) + bytes);
        int start = shift == 0 ? 0 : shift + 1;
        int cut = switch ((bytes.length() + shift) % 3) {
            case 0 -> 0;
            case 1 -> 3;
            default -> 2;
        };
        return encoded.substring(Math.min(start, encoded.length() - cut), encoded.length() - cut);
    }

    private static String bytes(byte[] raw) {
        return new String(raw, StandardCharsets.ISO_8859_1);
    }

    private static byte[] raw(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }
}
