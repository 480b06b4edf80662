package dev.pawl.gateway.leak.read;

import dev.pawl.gateway.leak.scan.Patterns;
import dev.pawl.gateway.leak.scan.Scanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads one body, its codings undone. Not thread-safe; {@link #close} gives native memory back.
 *
 * <p>Beneath the body as it is, two more are looked into: what base 64 says, what an archive holds, what is escaped without need.
 */
public final class Body implements AutoCloseable {
    /** What a body is taken for. */
    public enum Kind {
        ANY,
        /** {@code application/x-www-form-urlencoded}. */
        FORM,
        GIT_PUSH,
        /** What a client sends once WebSocket was agreed. */
        WEBSOCKET
    }

    private static final int DEPTH = 2;
    /** Letters of a run of base 64 that are read as if something else stood before it. Pictures are longer, tokens are not. */
    private static final int SHIFTED = 1024;

    private static final int MOST_CODINGS = 2;

    private final Patterns patterns;
    private final Found found;
    private final Budget budget = new Budget();
    private final Place place;
    private final View innermost;
    private final View root;

    /**
     * @param codings those of {@code Content-Encoding}, in their order
     * @throws Unreadable if one of them is not known, or they are too many
     */
    public Body(Patterns patterns, Found found, String where, Kind kind, List<String> codings) throws Unreadable {
        this.patterns = patterns;
        this.found = found;
        place = new Place(where);
        List<Inflated.Wrapper> wrappers = wrappers(codings);
        View view = switch (kind) {
            case ANY -> content(0, "");
            case FORM -> text(0, "", true);
            case WEBSOCKET -> new Frames(() -> content(0, ""), budget);
            case GIT_PUSH -> new GitPush(place, () -> content(0, ""), budget);
        };
        innermost = view;
        for (Inflated.Wrapper wrapper : wrappers) {
            View inner = view;
            view = new Inflated(wrapper, () -> inner, budget);
        }
        View inside = view;
        // Whatever its place in the list, it is what S3 undoes first.
        root = isChunked(codings) ? new AwsChunked(() -> inside, budget) : inside;
    }

    private static boolean isChunked(List<String> codings) {
        return codings.stream().anyMatch("aws-chunked"::equalsIgnoreCase);
    }

    private static List<Inflated.Wrapper> wrappers(List<String> codings) throws Unreadable {
        List<Inflated.Wrapper> wrappers = new ArrayList<>();
        for (String coding : codings) {
            switch (coding.toLowerCase(Locale.ROOT)) {
                case "identity", "aws-chunked", "" -> {}
                case "gzip", "x-gzip" -> wrappers.add(Inflated.Wrapper.GZIP);
                case "deflate" -> wrappers.add(Inflated.Wrapper.ZLIB_OR_BARE);
                default ->
                    throw new Unreadable("The body's coding is neither gzip nor deflate, and cannot be looked into.");
            }
        }
        if (wrappers.size() > MOST_CODINGS) {
            throw new Unreadable("The body is coded more than " + MOST_CODINGS + " times.");
        }
        return wrappers;
    }

    private View content(int depth, String form) {
        return depth == DEPTH ? new Text(new Scanner(patterns), found, place, form) : text(depth, form, false);
    }

    private View text(int depth, String form, boolean escaped) {
        return new Text(
                new Scanner(patterns),
                found,
                place,
                form,
                new Runs(() -> encoded(depth, form), budget),
                new Sniffed(() -> content(depth + 1, form + ", unpacked"), budget),
                new Unescaped(escaped, () -> unescaped(depth, form + ", unescaped"), budget));
    }

    private View unescaped(int depth, String form) {
        return new Text(new Scanner(patterns), found, place, form, new Runs(() -> encoded(depth, form), budget));
    }

    private View encoded(int depth, String form) {
        List<View> views = new ArrayList<>();
        views.add(encoded(depth, Alphabet.BASE64, form + ", base64", 0, Integer.MAX_VALUE));
        for (int shift = 1; shift < 4; shift++) {
            views.add(encoded(depth, Alphabet.BASE64, form + ", base64", shift, SHIFTED));
        }
        views.add(encoded(depth, Alphabet.BASE32, form + ", base32", 0, Integer.MAX_VALUE));
        views.add(encoded(depth, Alphabet.HEX, form + ", hex", 0, Integer.MAX_VALUE));
        return new Fan(views);
    }

    private View encoded(int depth, Alphabet alphabet, String form, int shift, int most) {
        return new EncodedText(alphabet, shift, most, () -> content(depth + 1, form), budget);
    }

    /** Goes on with these bytes, which are not kept. */
    public void feed(byte[] bytes, int from, int length) throws Unreadable {
        budget.received(length);
        root.feed(bytes, from, length);
    }

    /** Nothing follows. */
    public void finish() throws Unreadable {
        root.finish();
    }

    /** Another text of the same request follows, which stands there. Only for {@link Kind#ANY} without codings. */
    public void next(String where) throws Unreadable {
        root.finish();
        root.restart();
        place.become(where);
    }

    /** Place before which nothing could still become part of a finding. */
    public long held() {
        return root.held();
    }

    @Override
    public void close() {
        root.close();
        innermost.close();
    }
}
