package dev.pawl.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object as RFC 8785 says: members sorted, no white space, one spelling for each text and number. A
 * surrogate without its partner, which the RFC forbids, becomes U+FFFD. Absent values are left out. Not thread-safe; used
 * once.
 *
 * <p>Each member is written where it comes, name included; when its object ends, the members are put in order.
 */
final class CanonicalOut implements Members {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String CUT = "\u2026";
    private static final Comparator<Member> BY_NAME = Comparator.comparing(Member::name);

    private final Deque<Frame> frames = new ArrayDeque<>();
    private final int longest;
    private byte[] bytes = new byte[1024];
    private int length;
    /** Members as they came, while they are put in order. */
    private byte[] unordered = new byte[1024];

    /** An object that is still open: where it begins and its members. */
    private record Frame(int start, List<Member> members) {}

    private record Member(String name, int from, int to) {}

    CanonicalOut() {
        this(Integer.MAX_VALUE);
    }

    /** Cuts every text to {@code longest} characters; a cut one ends in …. */
    CanonicalOut(int longest) {
        this.longest = longest;
        frames.push(new Frame(0, new ArrayList<>()));
    }

    @Override
    public Members text(String name, @Nullable String value) {
        if (value != null) {
            int from = name(name);
            string(cut(value));
            member(name, from);
        }
        return this;
    }

    @Override
    public Members texts(String name, List<String> values) {
        int from = name(name);
        put('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                put(',');
            }
            string(cut(values.get(i)));
        }
        put(']');
        member(name, from);
        return this;
    }

    @Override
    public Members number(String name, long value) {
        return plain(name, EcmaNumber.text(value));
    }

    @Override
    public Members longs(String name, List<Long> values) {
        return plain(name, values.stream().map(EcmaNumber::text).collect(Collectors.joining(",", "[", "]")));
    }

    @Override
    public Members decimal(String name, @Nullable Double value) {
        return value == null ? this : plain(name, EcmaNumber.text(value));
    }

    @Override
    public Members flag(String name, boolean value) {
        return plain(name, value ? "true" : "false");
    }

    @Override
    public Members begin(String name) {
        int from = name(name);
        frames.getFirst().members.add(new Member(name, from, -1));
        frames.push(new Frame(length, new ArrayList<>()));
        return this;
    }

    @Override
    public Members end() {
        order(frames.pop());
        List<Member> outer = frames.getFirst().members;
        Member opened = outer.removeLast();
        outer.add(new Member(opened.name, opened.from, length));
        return this;
    }

    @Override
    public <T> CanonicalOut list(String name, List<T> values, BiConsumer<Members, T> members) {
        objects(name, values, (value, out) -> members.accept(out, value));
        return this;
    }

    /** A list of objects, each written by {@code each}. */
    <T> void objects(String name, List<T> values, BiConsumer<T, CanonicalOut> each) {
        int from = name(name);
        put('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                put(',');
            }
            frames.push(new Frame(length, new ArrayList<>()));
            each.accept(values.get(i), this);
            order(frames.pop());
        }
        put(']');
        member(name, from);
    }

    /** Closes the object and returns it. */
    byte[] object() {
        order(frames.pop());
        return Arrays.copyOf(bytes, length);
    }

    private Members plain(String name, String value) {
        int from = name(name);
        ascii(value);
        member(name, from);
        return this;
    }

    private int name(String name) {
        int from = length;
        string(name);
        put(':');
        return from;
    }

    private void member(String name, int from) {
        frames.getFirst().members.add(new Member(name, from, length));
    }

    /** Names compare by UTF-16 units (RFC 8785, section 3.2.3), as Java's strings do. */
    private void order(Frame frame) {
        List<Member> members = frame.members;
        members.sort(BY_NAME);
        int size = length - frame.start;
        if (size > unordered.length) {
            unordered = new byte[Math.max(size, unordered.length * 2)];
        }
        System.arraycopy(bytes, frame.start, unordered, 0, size);
        length = frame.start;
        // Braces, and commas beyond the members themselves.
        room(size + members.size() + 2);
        put('{');
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                put(',');
            }
            Member member = members.get(i);
            int part = member.to - member.from;
            System.arraycopy(unordered, member.from - frame.start, bytes, length, part);
            length += part;
        }
        put('}');
    }

    private String cut(String value) {
        if (value.length() <= longest) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(longest - 1)) ? longest - 1 : longest;
        return value.substring(0, end) + CUT;
    }

    private void string(String value) {
        put('"');
        int plain = plain(value);
        room((value.length() - plain) * 6);
        for (int i = plain; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                character(c);
            } else if (c < 0x800) {
                two(c);
            } else if (!Character.isSurrogate(c)) {
                three(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                four(Character.toCodePoint(c, value.charAt(++i)));
            } else {
                three(0xfffd);
            }
        }
        put('"');
    }

    /** Writes what stands for itself at the beginning of a text, most often all of it, and returns how much that was. */
    private int plain(String value) {
        room(value.length());
        byte[] out = bytes;
        int at = length;
        int i = 0;
        for (; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
                break;
            }
            out[at++] = (byte) c;
        }
        length = at;
        return i;
    }

    private void character(char c) {
        if (c >= 0x20 && c != '"' && c != '\\') {
            bytes[length++] = (byte) c;
            return;
        }
        bytes[length++] = '\\';
        switch (c) {
            case '\b' -> bytes[length++] = 'b';
            case '\t' -> bytes[length++] = 't';
            case '\n' -> bytes[length++] = 'n';
            case '\f' -> bytes[length++] = 'f';
            case '\r' -> bytes[length++] = 'r';
            case '"', '\\' -> bytes[length++] = (byte) c;
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 15];
            }
        }
    }

    private void two(int c) {
        bytes[length++] = (byte) (0xc0 | c >> 6);
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
    }

    private void three(int c) {
        bytes[length++] = (byte) (0xe0 | c >> 12);
        bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
    }

    private void four(int c) {
        bytes[length++] = (byte) (0xf0 | c >> 18);
        bytes[length++] = (byte) (0x80 | (c >> 12 & 0x3f));
        bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    private void put(char c) {
        room(1);
        bytes[length++] = (byte) c;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
