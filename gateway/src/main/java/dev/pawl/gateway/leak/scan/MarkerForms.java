package dev.pawl.gateway.leak.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The same bytes as they may be written on the way out: as they are, backwards, in hexadecimal, in base 64 wherever they
 * fall in a longer text, escaped for URLs and for JSON.
 */
final class MarkerForms {
    private MarkerForms() {}

    static Collection<byte[]> of(byte[] value) {
        byte[] known = Arrays.copyOf(value, Math.min(value.length, Marker.COMPARED));
        Map<String, byte[]> forms = new LinkedHashMap<>();
        add(forms, known);
        add(forms, backwards(known));
        add(forms, HexFormat.of().formatHex(known));
        add(forms, HexFormat.of().withUpperCase().formatHex(known));
        for (int shift = 0; shift < 3; shift++) {
            String standard = aligned(known, shift);
            add(forms, standard);
            add(forms, standard.replace('+', '-').replace('/', '_'));
        }
        add(forms, percent(known, "-._~", false));
        add(forms, percent(known, "-._~", true));
        add(forms, percent(known, "-._*", false).replace("%20", "+"));
        add(forms, percent(known, "", false));
        add(forms, json(known, "\n"));
        add(forms, json(known, "\n/"));
        return forms.values();
    }

    private static void add(Map<String, byte[]> forms, String form) {
        add(forms, form.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void add(Map<String, byte[]> forms, byte[] form) {
        forms.putIfAbsent(new String(form, StandardCharsets.ISO_8859_1), form);
    }

    private static byte[] backwards(byte[] value) {
        byte[] turned = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            turned[i] = value[value.length - 1 - i];
        }
        return turned;
    }

    /** The characters that depend on the value alone, where {@code shift} other bytes stand before it. */
    private static String aligned(byte[] value, int shift) {
        byte[] padded = new byte[shift + value.length];
        System.arraycopy(value, 0, padded, shift, value.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(padded);
        int first = (shift * 8 + 5) / 6;
        int behind = padded.length * 8 / 6;
        return text.substring(first, behind);
    }

    private static String percent(byte[] value, String plain, boolean lower) {
        StringBuilder text = new StringBuilder();
        for (byte b : value) {
            if (Chars.BASE62.has(b) || plain.indexOf(b & 0xff) >= 0) {
                text.append((char) b);
            } else {
                text.append(String.format(lower ? "%%%02x" : "%%%02X", b & 0xff));
            }
        }
        return text.toString();
    }

    private static String json(byte[] value, String escaped) {
        StringBuilder text = new StringBuilder();
        for (byte b : value) {
            char c = (char) (b & 0xff);
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '"', '\\' -> text.append('\\').append(c);
                case '/' -> text.append(escaped.indexOf(c) >= 0 ? "\\/" : "/");
                default -> text.append(c);
            }
        }
        return text.toString();
    }
}
