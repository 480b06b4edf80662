package dev.pawl.gateway.identify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Start line and header fields of one message of HTTP/1 (RFC 9112), up to the empty line. Lines may end with a line feed
 * alone, as lenient servers have it; what servers read in different ways makes it unsound.
 *
 * @param start the first line
 * @param end where the body begins
 * @param sound whether every line is what the specification says
 */
record HttpHead(String start, List<Field> fields, int end, boolean sound) {
    /** @param name in lower case */
    record Field(String name, String value) {}

    /** The head that begins there, null while its empty line is missing. */
    static @Nullable HttpHead read(Bytes bytes, int from) {
        if (end(bytes, from) < 0) {
            return null;
        }
        int line = bytes.indexOf('\n', from);
        String start = line(bytes, from, line);
        List<Field> fields = new ArrayList<>();
        boolean sound = sound(start) && !start.contains("  ");
        while (true) {
            int begin = line + 1;
            line = bytes.indexOf('\n', begin);
            String text = line(bytes, begin, line);
            if (text.isEmpty()) {
                return new HttpHead(start, List.copyOf(fields), line + 1, sound);
            }
            int colon = text.indexOf(':');
            String name = colon < 0 ? text : text.substring(0, colon);
            sound &= colon > 0 && sound(text) && token(name);
            if (colon > 0) {
                fields.add(new Field(
                        name.strip().toLowerCase(Locale.ROOT),
                        text.substring(colon + 1).strip()));
            }
        }
    }

    /** Where the body begins, -1 while the empty line is missing. */
    static int end(Bytes bytes, int from) {
        for (int line = bytes.indexOf('\n', from); line >= 0; line = bytes.indexOf('\n', line + 1)) {
            if (bytes.is(line + 1, "\n") || bytes.is(line + 1, "\r\n")) {
                return bytes.at(line + 1) == '\n' ? line + 2 : line + 3;
            }
        }
        return -1;
    }

    private static String line(Bytes bytes, int from, int feed) {
        return bytes.text(from, feed > from && bytes.at(feed - 1) == '\r' ? feed - 1 : feed);
    }

    /** No control characters but tabs: a carriage return alone ends a line for some. */
    private static boolean sound(String text) {
        return text.chars().noneMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f);
    }

    private static boolean token(String name) {
        return name.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /** The value of a field that stands there once, null where there is none or there are several. */
    @Nullable
    String only(String name) {
        List<Field> all =
                fields.stream().filter(field -> field.name().equals(name)).toList();
        return all.size() == 1 ? all.getFirst().value() : null;
    }

    /** The values of all fields of that name, with commas between. */
    String all(String name) {
        return String.join(
                ", ",
                fields.stream()
                        .filter(field -> field.name().equals(name))
                        .map(Field::value)
                        .toList());
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equals(name));
    }

    /** The word of the first line with that number, empty if there is none. */
    String word(int index) {
        int at = 0;
        for (int word = 0; ; word++) {
            int end = start.indexOf(' ', at);
            if (word == index || end < 0) {
                return word == index ? start.substring(at, end < 0 ? start.length() : end) : "";
            }
            while (end < start.length() && start.charAt(end) == ' ') {
                end++;
            }
            at = end;
        }
    }
}
