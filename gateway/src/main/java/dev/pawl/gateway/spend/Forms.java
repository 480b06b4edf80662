package dev.pawl.gateway.spend;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads names and values as queries and forms write them. */
final class Forms {
    private Forms() {}

    /** Adds the parameters of {@code name=value&name=value}; a semicolon separates too, since some servers take it so. */
    static void read(String text, Fields into) throws Unclear {
        int from = 0;
        while (from <= text.length()) {
            int end = from;
            while (end < text.length() && text.charAt(end) != '&' && text.charAt(end) != ';') {
                end++;
            }
            if (end > from) {
                String pair = text.substring(from, end);
                int equals = pair.indexOf('=');
                into.add(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
            from = end + 1;
        }
    }

    /** Undoes the escapes of a form; one that is none is refused, since servers make different things of it. */
    static String decoded(String text) throws Unclear {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                bytes.write(' ');
            } else if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new Unclear("it is not encoded as a form has to be");
                }
                bytes.write(high * 16 + low);
                i += 2;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
