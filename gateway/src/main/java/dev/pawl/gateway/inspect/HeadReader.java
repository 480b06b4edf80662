package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a message of HTTP/1 (RFC 9112, 2 to 5), or a trailer section, with none of the liberties the RFC allows:
 * what two parsers could read in two ways is {@link Result.Bad}. Lines end in CR LF, a CR or LF stands nowhere else, no
 * line is folded, no blank stands before a colon. One for each direction of a connection; used on its event loop.
 */
final class HeadReader {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '!'; c <= '~'; c++) {
            TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
    }

    /** What the bytes so far are. */
    sealed interface Result {
        /** As far as they go, a head. */
        record More() implements Result {}

        /** No head: {@code status} and a sentence for whoever sent it. */
        record Bad(int status, String reason) implements Result {}

        /** A head, which was taken out of the buffer. {@code first} is the line before the fields, empty for trailers. */
        record Whole(String first, List<Header> fields) implements Result {}
    }

    private static final Result MORE = new Result.More();

    private final boolean trailers;
    /** Bytes from the start of the head that were looked at. */
    private int seen;
    /** Where the line begins that is looked at. */
    private int line;
    /** Whether the one empty line before this head was there. */
    private boolean skipped;

    HeadReader(boolean trailers) {
        this.trailers = trailers;
    }

    /** Looks for a whole head at the start of {@code in}; call again with the same bytes and more. */
    Result read(ByteBuf in) {
        int start = in.readerIndex();
        if (!trailers && !skipped && seen <= 1 && in.readableBytes() >= 2 && in.getShort(start) == 0x0d0a) {
            // RFC 9112, 2.2: one empty line before a request, from clients that end bodies with one too many.
            in.skipBytes(2);
            skipped = true;
            seen = 0;
            start += 2;
        }
        while (true) {
            int at = in.indexOf(start + seen, Math.min(in.writerIndex(), start + Limits.HEAD_BYTES), (byte) '\n');
            if (at < 0) {
                seen = Math.min(in.readableBytes(), Limits.HEAD_BYTES);
                return seen == Limits.HEAD_BYTES
                        ? again(new Result.Bad(431, "the head is longer than " + Limits.HEAD_BYTES + " bytes"))
                        : MORE;
            }
            seen = at + 1 - start;
            if (at == start + line || in.getByte(at - 1) != '\r') {
                return again(new Result.Bad(400, "a line ends in LF without CR"));
            }
            if (at - 1 == start + line && (trailers || line > 0)) {
                byte[] head = new byte[seen];
                in.readBytes(head);
                return again(parse(head, line));
            }
            if (at - 1 == start + line) {
                return again(new Result.Bad(400, "the head begins with an empty line"));
            }
            line = seen;
        }
    }

    private Result again(Result result) {
        seen = 0;
        line = 0;
        skipped = false;
        return result;
    }

    /** Lines up to {@code end}, each with its CR LF. */
    private Result parse(byte[] head, int end) {
        String first = "";
        List<Header> fields = new ArrayList<>(16);
        int from = 0;
        if (!trailers) {
            int to = lineEnd(head, from);
            for (int i = 0; i < to; i++) {
                if (head[i] < ' ' || head[i] == 0x7f) {
                    return new Result.Bad(400, "the first line has characters that are not allowed there");
                }
            }
            first = new String(head, 0, to, StandardCharsets.ISO_8859_1);
            from = to + 2;
        }
        while (from < end) {
            int to = lineEnd(head, from);
            Result.Bad bad = field(head, from, to, fields);
            if (bad != null) {
                return bad;
            }
            from = to + 2;
        }
        return new Result.Whole(first, List.copyOf(fields));
    }

    private static int lineEnd(byte[] head, int from) {
        int at = from;
        while (head[at] != '\n') {
            at++;
        }
        return at - 1;
    }

    private static Result.@Nullable Bad field(byte[] head, int from, int to, List<Header> fields) {
        if (fields.size() == Limits.FIELDS) {
            return new Result.Bad(431, "there are more than " + Limits.FIELDS + " fields");
        }
        int colon = from;
        while (colon < to && token(head[colon])) {
            colon++;
        }
        if (colon == to || colon == from || head[colon] != ':') {
            return new Result.Bad(
                    400,
                    head[from] == ' ' || head[from] == '\t'
                            ? "a field is folded over two lines"
                            : "a field's name is no token that ends in a colon");
        }
        int begin = colon + 1;
        int end = to;
        while (begin < end && blank(head[begin])) {
            begin++;
        }
        while (end > begin && blank(head[end - 1])) {
            end--;
        }
        for (int i = begin; i < end; i++) {
            byte b = head[i];
            if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
                return new Result.Bad(400, "a field's value has control characters");
            }
        }
        fields.add(new Header(
                new String(head, from, colon - from, StandardCharsets.ISO_8859_1),
                new String(head, begin, end - begin, StandardCharsets.ISO_8859_1)));
        return null;
    }

    /** Whether all of a text is a token (RFC 9110, 5.6.2). */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !TOKEN[c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean token(byte b) {
        return b >= 0 && TOKEN[b];
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }
}
