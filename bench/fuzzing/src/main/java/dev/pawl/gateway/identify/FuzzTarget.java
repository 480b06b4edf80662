package dev.pawl.gateway.identify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the fuzzer calls, once for each input: {@code identifier}, {@code datagrams} or the number of one recogniser, named
 * by the property {@code pawl.fuzz}. An input is a list of parts: a byte whose lowest bit says which way, two of length, the
 * bytes. Nothing may be thrown, and how parts are cut may change nothing.
 */
public final class FuzzTarget {
    private static final int HEAD = 3;

    private FuzzTarget() {}

    private record Part(Way way, int from, int to) {}

    /** Prints the targets, one a line: its name, and what it is. */
    public static void main(String[] arguments) {
        System.out.println("identifier all together");
        System.out.println("datagrams single datagrams");
        List<Recognisers.Named> all = Recognisers.ofConnections();
        IntStream.range(0, all.size())
                .forEach(i -> System.out.println(i + " " + all.get(i).protocol()));
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String target = System.getProperty("pawl.fuzz", "identifier");
        List<Part> parts = parts(input);
        switch (target) {
            case "identifier" -> identifier(input, parts);
            case "datagrams" -> datagrams(input, parts);
            default -> recogniser(Integer.parseInt(target), input, parts);
        }
    }

    private static List<Part> parts(byte[] input) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at + HEAD < input.length && parts.size() < 64) {
            int length = (input[at + 1] & 0x1f) << 8 | (input[at + 2] & 0xff);
            int to = Math.min(input.length, at + HEAD + Math.max(1, length));
            parts.add(new Part((input[at] & 1) == 0 ? Way.OUT : Way.IN, at + HEAD, to));
            at = to;
        }
        return parts;
    }

    private static void identifier(byte[] input, List<Part> parts) {
        Identity whole = identity(input, parts, Integer.MAX_VALUE);
        same(whole, identity(input, parts, 1));
        same(whole, identity(input, parts, 1 + input.length % 97));
        String banner = whole.details().banner();
        if (banner != null && banner.length() > Details.LIMIT) {
            throw new IllegalStateException("a banner is longer than it may be");
        }
    }

    private static Identity identity(byte[] input, List<Part> parts, int longest) {
        Identifier identifier = new Identifier();
        for (Part part : parts) {
            int at = part.from();
            while (at < part.to()) {
                int count = Math.min(longest, part.to() - at);
                var _ = identifier.take(part.way(), input, at, count);
                at += count;
            }
        }
        identifier.end();
        return identifier.identity();
    }

    private static void datagrams(byte[] input, List<Part> parts) {
        Datagrams identifier = new Datagrams();
        for (Part part : parts) {
            byte[] bytes = Arrays.copyOfRange(input, part.from(), part.to());
            var _ = identifier.take(part.way(), bytes, bytes.length);
        }
    }

    /** A yes or a no is the last word: the same is said of all bytes at once. */
    private static void recogniser(int number, byte[] input, List<Part> parts) {
        Verdict early = last(number, input, parts, 1);
        Verdict late = last(number, input, parts, Integer.MAX_VALUE);
        boolean open = early instanceof Verdict.More || early instanceof Verdict.Maybe;
        boolean lateOpen = late instanceof Verdict.More || late instanceof Verdict.Maybe;
        if (open && lateOpen && !(early instanceof Verdict.Maybe && late instanceof Verdict.Maybe)) {
            return;
        }
        if (!early.equals(late)) {
            throw new IllegalStateException(early + " byte by byte, " + late + " at once");
        }
    }

    private static Verdict last(int number, byte[] input, List<Part> parts, int longest) {
        Recogniser recogniser = Recognisers.ofConnections().get(number).recogniser();
        byte[][] seen = {new byte[0], new byte[0]};
        @Nullable Way first = null;
        int[] turns = {-1, -1};
        Verdict verdict = Verdict.MORE;
        for (Part part : parts) {
            int way = part.way() == Way.OUT ? 0 : 1;
            int at = part.from();
            while (at < part.to()) {
                int count = Math.min(longest, part.to() - at);
                int before = seen[way].length;
                int taken = Math.min(count, Identifier.LIMIT - before);
                at += count;
                if (taken <= 0) {
                    continue;
                }
                seen[way] = Arrays.copyOf(seen[way], before + taken);
                System.arraycopy(input, at - count, seen[way], before, taken);
                first = first == null ? part.way() : first;
                if (turns[1 - way] < 0 && seen[1 - way].length > 0) {
                    turns[1 - way] = seen[1 - way].length;
                }
                verdict = recogniser.judge(new Seen(
                        new Bytes(seen[0], 0, seen[0].length),
                        new Bytes(seen[1], 0, seen[1].length),
                        first,
                        turns[0],
                        turns[1]));
                if (verdict instanceof Verdict.Yes || verdict instanceof Verdict.No) {
                    return verdict;
                }
            }
        }
        return verdict;
    }

    private static void same(Identity one, Identity other) {
        if (!one.equals(other)) {
            throw new IllegalStateException(one + " in whole parts, " + other + " in others");
        }
    }
}
