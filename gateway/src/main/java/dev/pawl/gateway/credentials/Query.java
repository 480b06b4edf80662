package dev.pawl.gateway.credentials;

import dev.pawl.gateway.inspect.Head;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The query of a target, percent-encoded (RFC 3986). */
final class Query {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Query() {}

    /** One parameter, decoded. */
    record Parameter(String name, String value) {}

    /** Replaces the value of a parameter that stands there once and is the stand-in. */
    static Head put(Head head, String name, String standIn, String value) {
        int mark = head.target().indexOf('?');
        if (mark < 0) {
            return head;
        }
        List<String> parts =
                new ArrayList<>(List.of(head.target().substring(mark + 1).split("&", -1)));
        int found = -1;
        for (int i = 0; i < parts.size(); i++) {
            if (parameter(parts.get(i)).name().equals(name)) {
                if (found >= 0) {
                    return head;
                }
                found = i;
            }
        }
        if (found < 0 || !parameter(parts.get(found)).value().equals(standIn)) {
            return head;
        }
        parts.set(found, encoded(name) + "=" + encoded(value));
        return head.withTarget(head.target().substring(0, mark + 1) + String.join("&", parts));
    }

    static List<Parameter> parameters(String target) {
        int mark = target.indexOf('?');
        return mark < 0 || mark == target.length() - 1
                ? List.of()
                : List.of(target.substring(mark + 1).split("&", -1)).stream()
                        .map(Query::parameter)
                        .toList();
    }

    private static Parameter parameter(String part) {
        int equals = part.indexOf('=');
        return equals < 0
                ? new Parameter(decoded(part), "")
                : new Parameter(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
    }

    /** Percent-encodes all but unreserved characters. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : "%" + HEX.toHexDigits(b));
        }
        return encoded.toString();
    }

    /** Decodes what is percent-encoded; a percent sign that begins nothing stays. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < from.length; i++) {
            boolean escape = from[i] == '%'
                    && i + 2 < from.length
                    && HexFormat.isHexDigit(from[i + 1])
                    && HexFormat.isHexDigit(from[i + 2]);
            if (escape) {
                bytes.write(HexFormat.fromHexDigit(from[i + 1]) << 4 | HexFormat.fromHexDigit(from[i + 2]));
                i += 2;
            } else {
                bytes.write(from[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
