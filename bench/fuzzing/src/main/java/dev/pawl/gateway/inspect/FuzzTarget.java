package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the fuzzer calls, once for each input, for the reader that the property {@code pawl.fuzz} names. */
public final class FuzzTarget {
    static final Authority AUTHORITY = new Authority("api.example", 443, 443);

    private FuzzTarget() {}

    /** Prints the targets, one a line: its name, and what it is. */
    public static void main(String[] arguments) {
        System.out.println("heads heads of HTTP/1");
        System.out.println("chunks chunked bodies");
        System.out.println("paths request targets");
        System.out.println("changes heads as changed");
        System.out.println("conversation HTTP/1 both ways");
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        switch (System.getProperty("pawl.fuzz", "heads")) {
            case "heads" -> heads(input);
            case "chunks" -> chunks(input);
            case "paths" -> paths(new String(input, StandardCharsets.ISO_8859_1));
            case "changes" -> changes(input);
            case "conversation" -> Talk.check(input);
            case String other -> throw new IllegalArgumentException(other);
        }
    }

    /** How bytes are cut changes nothing, and a head that is written anew reads the same. */
    private static void heads(byte[] input) {
        boolean trailers = input.length > 0 && (input[0] & 1) == 1;
        String whole = heads(input, trailers, Integer.MAX_VALUE);
        same(whole, heads(input, trailers, 1));
        same(whole, heads(input, trailers, 1 + input.length % 13));
    }

    private static String heads(byte[] input, boolean trailers, int longest) {
        HeadReader reader = new HeadReader(trailers);
        StringBuilder said = new StringBuilder();
        ByteBuf unread = Unpooled.buffer();
        for (int at = 1; at < input.length; at += longest) {
            unread.writeBytes(input, at, Math.min(longest, input.length - at));
            HeadReader.Result result = reader.read(unread);
            while (result instanceof HeadReader.Result.Whole whole) {
                said.append(whole).append('\n');
                again(whole);
                result = unread.isReadable() ? reader.read(unread) : new HeadReader.Result.More();
            }
            if (result instanceof HeadReader.Result.Bad bad) {
                return said.append(bad).toString();
            }
            if (longest == Integer.MAX_VALUE) {
                break;
            }
        }
        return said.append(unread.toString(StandardCharsets.ISO_8859_1)).toString();
    }

    private static void again(HeadReader.Result.Whole whole) {
        ByteBuf out = Unpooled.buffer();
        HeadText.fields(out, whole.fields());
        out.writeShort(0x0d0a);
        if (!(new HeadReader(true).read(out) instanceof HeadReader.Result.Whole(String _, List<Header> fields))
                || !fields.equals(whole.fields())) {
            throw new IllegalStateException("fields that are written do not read as they were: " + whole.fields());
        }
    }

    private static void chunks(byte[] input) {
        String whole = chunks(input, Integer.MAX_VALUE);
        same(whole, chunks(input, 1));
        same(whole, chunks(input, 1 + input.length % 13));
    }

    private static String chunks(byte[] input, int longest) {
        BodyReader reader = new BodyReader(new Framing.Chunked());
        StringBuilder content = new StringBuilder();
        ByteBuf unread = Unpooled.buffer();
        for (int at = 0; at < input.length; ) {
            int count = Math.min(longest, input.length - at);
            unread.writeBytes(input, at, count);
            at += count;
            boolean more = false;
            while (!more) {
                switch (reader.next(unread)) {
                    case BodyReader.Step.More _ -> more = true;
                    case BodyReader.Step.Part(ByteBuf bytes) -> {
                        content.append(bytes.toString(StandardCharsets.ISO_8859_1));
                        bytes.release();
                    }
                    case BodyReader.Step.Bad(String reason) -> {
                        return content + "\nbad: " + reason;
                    }
                    case BodyReader.Step.End(List<Header> trailers) -> {
                        String left = unread.toString(StandardCharsets.ISO_8859_1)
                                + new String(input, at, input.length - at, StandardCharsets.ISO_8859_1);
                        return content + "\nend: " + trailers + left;
                    }
                }
            }
        }
        return content + "\nmore";
    }

    /** What goes on leads nowhere else, however often a server decodes it. */
    private static void paths(String target) {
        if (!(Target.of("GET", target, "https", AUTHORITY) instanceof Target.Clear clear)
                || clear.path().equals("*")) {
            return;
        }
        String seen = clear.written();
        int query = seen.indexOf('?');
        seen = query < 0 ? seen : seen.substring(0, query);
        for (int i = 0; i < 3; i++) {
            for (String segment : (seen + "/").substring(1).split("[/\\\\]", -1)) {
                int parameters = segment.indexOf(';');
                String name = parameters < 0 ? segment : segment.substring(0, parameters);
                if (name.equals(".") || name.equals("..")) {
                    throw new IllegalStateException("a dot segment after " + i + " decodings: " + target);
                }
            }
            seen = decoded(seen);
        }
    }

    private static String decoded(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            boolean escape = text.charAt(i) == '%' && high >= 0 && low >= 0;
            out.append(escape ? (char) (high * 16 + low) : text.charAt(i));
            i += escape ? 2 : 0;
        }
        return out.toString();
    }

    /** A head that passes the check is read by a server as it was meant. */
    private static void changes(byte[] input) {
        List<Header> headers = new ArrayList<>();
        String[] parts = new String(input, StandardCharsets.ISO_8859_1).split("\0", -1);
        for (int i = 2; i + 1 < parts.length; i += 2) {
            headers.add(new Header(parts[i], parts[i + 1]));
        }
        Head head = new Head(parts[0], "https", AUTHORITY.text(), parts.length > 1 ? parts[1] : "/", headers);
        try {
            head = Checked.head(head.with("X-Added", parts[parts.length - 1]));
        } catch (IllegalStateException refused) {
            return;
        }
        ByteBuf out = HeadText.request(
                io.netty.buffer.UnpooledByteBufAllocator.DEFAULT, head, Framing.NONE, false, false, false);
        boolean whole =
                new HeadReader(false).read(out) instanceof HeadReader.Result.Whole(String first, List<Header> read)
                        && first.equals(head.method() + " " + head.target() + " HTTP/1.1")
                        && read.stream().filter(field -> field.is("Host")).count() == 1
                        && Framing.ofRequest(read, false).equals(Framing.NONE)
                        && !out.isReadable();
        boolean large = head.headers().size() > Limits.FIELDS - 2;
        out.release();
        if (!whole && !large) {
            throw new IllegalStateException("a head that is written does not read as it was: " + head);
        }
    }

    private static void same(String one, String other) {
        if (!one.equals(other)) {
            throw new IllegalStateException("whole: " + one + "\nin pieces: " + other);
        }
    }
}
