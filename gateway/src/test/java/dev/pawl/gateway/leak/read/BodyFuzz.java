package dev.pawl.gateway.leak.read;

import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Marker;
import dev.pawl.gateway.leak.scan.Patterns;
import dev.pawl.gateway.leak.scan.Scanner;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What must hold of any body, as a fuzzer calls it: the first three bytes choose its kind, coding and cuts, the rest is the body. */
public final class BodyFuzz {
    private static final Patterns PATTERNS = new Patterns(
            List.of(new Marker("decoy", "marked-text-17", Optional.empty())), MarkedFiles.none(), new byte[16]);

    private static final String MUCH = "much: ";

    private BodyFuzz() {}

    /** Throws where something does not hold. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 3) {
            return;
        }
        Body.Kind kind = List.of(Body.Kind.values()).get((input[0] & 0xff) % Body.Kind.values().length);
        List<String> codings = List.of(
                        List.<String>of(),
                        List.of("gzip"),
                        List.of("deflate"),
                        List.of("deflate", "gzip"),
                        List.of("aws-chunked"))
                .get((input[1] & 7) % 5);
        String whole = read(input, kind, codings, input.length);
        String cut = read(input, kind, codings, 1 + (input[2] & 0xff));
        // Where there is much, which of it is kept depends on what came first.
        boolean much = whole.startsWith(MUCH) || cut.startsWith(MUCH);
        boolean same = much ? !whole.equals("[]") && !cut.equals("[]") : whole.equals(cut);
        if (!same) {
            throw new IllegalStateException("whole: " + whole + ", in pieces: " + cut);
        }
    }

    private static String read(byte[] input, Body.Kind kind, List<String> codings, int piece) {
        Found found = new Found(finding -> false);
        try (Body body = new Body(PATTERNS, found, "body", kind, codings)) {
            for (int at = 3; at < input.length; at += piece) {
                int some = Math.min(piece, input.length - at);
                body.feed(input, at, some);
                if (body.held() < 0 || body.held() > at + some - 3) {
                    throw new IllegalStateException("kept back from " + body.held() + " of " + (at + some - 3));
                }
            }
            body.finish();
        } catch (Unreadable unreadable) {
            // Whether it ends before or behind the place where it is broken depends on the cuts; that it is refused
            // does not.
            return "refused";
        }
        TreeSet<String> leaks = new TreeSet<>();
        // An archive that begins within what looked like another is found if that breaks in time, which depends on
        // cuts.
        found.all().stream()
                .filter(leak -> !leak.place().contains("unpacked"))
                .forEach(leak -> leaks.add(leak.finding().kind() + " in " + leak.place()));
        return (found.all().size() > Scanner.MOST_FINDINGS / 2 ? MUCH : "") + leaks;
    }
}
