package dev.pawl.gateway.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes client hellos of TLS 1.3, in one record or in several (RFC 8446, 4.1.2). */
public final class ClientHello {
    private final List<String> extensions = new ArrayList<>();

    /** For a server of that name. */
    public static ClientHello to(String name) {
        return new ClientHello().name(name);
    }

    /** Adds a server name. */
    public ClientHello name(String name) {
        return extension(0, sized(2, "\0" + sized(2, name)));
    }

    /** Adds protocols to choose from. */
    public ClientHello alpn(String... names) {
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            list.append(sized(1, name));
        }
        return extension(16, sized(2, list.toString()));
    }

    /** Adds versions to choose from, with one that means nothing before them. */
    public ClientHello versions(int... versions) {
        StringBuilder list = new StringBuilder(text(0x1a1a));
        for (int version : versions) {
            list.append(text(version));
        }
        return extension(43, sized(1, list.toString()));
    }

    /** Adds any extension. */
    public ClientHello extension(int type, String content) {
        extensions.add(text(type) + sized(2, content));
        return this;
    }

    /** In one record. */
    public String record() {
        return records(1 << 14);
    }

    /** In records that hold so many bytes at most. */
    public String records(int longest) {
        String body = "\u0003\u0003" + "r".repeat(32) + "\0" + sized(2, "\u0013\u0001\u0013\u0002") + "\u0001\0"
                + sized(2, String.join("", extensions));
        String left = "\u0001\0" + sized(2, body);
        StringBuilder records = new StringBuilder();
        while (!left.isEmpty()) {
            String part = left.substring(0, Math.min(longest, left.length()));
            records.append("\u0016\u0003\u0001").append(sized(2, part));
            left = left.substring(part.length());
        }
        return records.toString();
    }

    /** The record's bytes. */
    public byte[] bytes() {
        return record().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String sized(int bytes, String content) {
        return bytes == 1 ? (char) content.length() + content : text(content.length()) + content;
    }

    private static String text(int number) {
        return "" + (char) (number >> 8) + (char) (number & 0xff);
    }
}
