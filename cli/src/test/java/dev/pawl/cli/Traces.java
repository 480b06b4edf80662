package dev.pawl.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** How a value could show in what was written: as it is and in the codings that records, logs and requests use. */
final class Traces {
    private static final long LARGEST = 64 << 20;

    private final Map<String, String> forms = new LinkedHashMap<>();

    /** @param values by their names */
    Traces(Map<String, String> values) {
        values.forEach(this::forms);
    }

    private void forms(String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.put(name, value);
        String json = value.replace("\\", "\\\\").replace("\"", "\\\"");
        forms.put(name + " in JSON", json);
        forms.put(name + " in JSON with slashes escaped", json.replace("/", "\\/"));
        String hex = HexFormat.of().formatHex(bytes);
        forms.put(name + " in hexadecimal", hex);
        forms.put(name + " in upper hexadecimal", HexFormat.of().withUpperCase().formatHex(bytes));
        forms.put(name + " percent-encoded", percent(bytes, HexFormat.of().withUpperCase()));
        forms.put(name + " percent-encoded in small letters", percent(bytes, HexFormat.of()));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            int from = (shift * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            String standard = Base64.getEncoder().encodeToString(shifted).substring(from, to);
            forms.put(name + " in base 64 at " + shift, standard);
            forms.put(
                    name + " in URL's base 64 at " + shift,
                    standard.replace('+', '-').replace('/', '_'));
        }
    }

    private static String percent(byte[] bytes, HexFormat hex) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            boolean plain = Character.isLetterOrDigit(b) || "-._~".indexOf(b) >= 0;
            text.append(plain ? String.valueOf((char) b) : "%" + hex.toHexDigits(b));
        }
        return text.toString();
    }

    /** The form that is found first; what is gzip is looked into. */
    Optional<String> in(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> form : forms.entrySet()) {
            if (text.contains(form.getValue())) {
                return Optional.of(form.getKey());
            }
        }
        boolean packed = content.length > 2 && content[0] == 0x1f && (content[1] & 0xff) == 0x8b;
        return packed ? in(unpacked(content)).map(form -> form + ", packed") : Optional.empty();
    }

    private static byte[] unpacked(byte[] content) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** The form in a text. */
    Optional<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first regular file below that holds one, in its content or its name; what cannot be read holds none. */
    Optional<String> below(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(this::file).flatMap(Optional::stream).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> file(Path file) {
        Optional<String> named = in(file.toString());
        if (named.isPresent() || !Files.isRegularFile(file) || !Files.isReadable(file)) {
            return named.map(form -> form + " as a name: " + file);
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + " is too large to look at");
            }
            return in(Files.readAllBytes(file)).map(form -> form + " in " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
