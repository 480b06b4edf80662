package dev.pawl.detect.sigma;

import dev.pawl.detect.sigma.rule.Item;
import dev.pawl.detect.sigma.rule.Modifier;
import dev.pawl.detect.sigma.rule.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text values as regular expressions of the JDK: slow, but there is nothing to get wrong in between. */
final class OracleText {
    private static final String DASHES = "-/\u2013\u2014\u2015";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private OracleText() {}

    static List<Pattern> of(Item item, Value value) {
        List<String> texts = List.of(value.text());
        byte[] bytes = null;
        boolean before = item.field() == null && !item.has(Modifier.STARTSWITH);
        boolean after = item.field() == null && !item.has(Modifier.ENDSWITH);
        if (item.field() == null && (item.has(Modifier.STARTSWITH) || item.has(Modifier.ENDSWITH))) {
            before = false;
            after = false;
        }
        for (Modifier modifier : item.modifiers()) {
            switch (modifier) {
                case CONTAINS -> {
                    before = true;
                    after = true;
                }
                case STARTSWITH -> after = true;
                case ENDSWITH -> before = true;
                case WINDASH ->
                    texts = texts.stream()
                            .flatMap(text -> dashes(text).stream())
                            .toList();
                case WIDE, UTF16LE -> bytes = value.text().getBytes(StandardCharsets.UTF_16LE);
                case UTF16BE -> bytes = value.text().getBytes(StandardCharsets.UTF_16BE);
                case UTF16 -> bytes = marked(value.text().getBytes(StandardCharsets.UTF_16LE));
                case BASE64 ->
                    texts = List.of(base64(bytes == null ? value.text().getBytes(StandardCharsets.UTF_8) : bytes));
                case BASE64OFFSET ->
                    texts = offsets(bytes == null ? value.text().getBytes(StandardCharsets.UTF_8) : bytes);
                default -> {}
            }
        }
        boolean encoded = item.has(Modifier.BASE64) || item.has(Modifier.BASE64OFFSET);
        if (bytes != null && !encoded) {
            texts = List.of(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        int flags = Pattern.DOTALL | (item.has(Modifier.CASED) ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        List<Pattern> patterns = new ArrayList<>();
        for (String text : texts) {
            String regex = encoded || bytes != null ? Pattern.quote(text) : regex(text);
            patterns.add(Pattern.compile((before ? ".*" : "") + regex + (after ? ".*" : ""), flags));
        }
        return patterns;
    }

    private static String regex(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            String rest = text.substring(i);
            if (rest.startsWith("\\*") || rest.startsWith("\\?") || rest.startsWith("\\\\")) {
                regex.append(Pattern.quote(rest.substring(1, 2)));
                i++;
            } else if (rest.startsWith("*")) {
                regex.append(".*");
            } else if (rest.startsWith("?")) {
                regex.append('.');
            } else {
                int character = text.codePointAt(i);
                regex.append(Pattern.quote(Character.toString(character)));
                i += Character.charCount(character) - 1;
            }
        }
        return regex.toString();
    }

    /** Every way to write the dashes that begin a word. */
    private static List<String> dashes(String text) {
        List<String> done = new ArrayList<>(List.of(""));
        for (int i = 0; i < text.length(); i++) {
            boolean begins = (i == 0 || !text.substring(i - 1, i).matches("[\\p{L}\\p{Nd}_]"))
                    && i + 1 < text.length()
                    && text.substring(i + 1, i + 2).matches("[\\p{L}\\p{Nd}_]");
            String choices = begins && DASHES.indexOf(text.charAt(i)) >= 0 ? DASHES : text.substring(i, i + 1);
            List<String> longer = new ArrayList<>();
            done.forEach(start -> choices.chars().forEach(c -> longer.add(start + (char) c)));
            done = longer;
        }
        return done;
    }

    private static byte[] marked(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xff);
        out.write(0xfe);
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static String base64(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        int bits = bytes.length * 8;
        for (int at = 0; at < bits; at += 6) {
            out.append(sextet(bytes, 0, at));
        }
        return out + "=".repeat((3 - bytes.length % 3) % 3);
    }

    /** For each place in a group of three bytes: the characters that depend on these bytes only. */
    private static List<String> offsets(byte[] bytes) {
        List<String> texts = new ArrayList<>();
        for (int shift = 0; shift < 3; shift++) {
            StringBuilder out = new StringBuilder();
            int from = 8 * shift;
            int to = from + 8 * bytes.length;
            for (int at = 0; at + 6 <= to; at += 6) {
                if (at >= from) {
                    out.append(sextet(bytes, from, at));
                }
            }
            texts.add(out.toString());
        }
        return texts;
    }

    private static char sextet(byte[] bytes, int from, int at) {
        int number = 0;
        for (int bit = at - from; bit < at - from + 6; bit++) {
            boolean set = bit >= 0 && bit / 8 < bytes.length && (bytes[bit / 8] >> (7 - bit % 8) & 1) == 1;
            number = number * 2 + (set ? 1 : 0);
        }
        return ALPHABET.charAt(number);
    }
}
