package dev.pawl.gateway.leak;

import dev.pawl.core.Decision;
import dev.pawl.gateway.leak.read.Found;
import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Marker;
import dev.pawl.gateway.leak.scan.Patterns;
import dev.pawl.gateway.leak.scan.Scanner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks through names that are asked for, one at a time: for markers without regard to case, and beneath hexadecimal and base
 * 32, the codings that a name survives. Immutable.
 */
final class NameCheck {
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private final Patterns formats;
    private final Patterns markers;

    NameCheck(Patterns formats, List<Marker> markers, byte[] key) {
        this.formats = formats;
        this.markers = Patterns.markedOnly(
                markers.stream().flatMap(marker -> plain(marker).stream()).toList(), MarkedFiles.none(), key);
    }

    /** As {@link #joined} leaves it; what is then too short to tell anything is left out. */
    private static Optional<Marker> plain(Marker marker) {
        String value = joined(marker.value());
        return value.length() < Marker.LEAST
                ? Optional.empty()
                : Optional.of(new Marker(marker.kind(), value, marker.home()));
    }

    Optional<Decision> leak(String name) {
        Found found = new Found(finding -> false);
        String joined = joined(name);
        scan(markers, joined.getBytes(StandardCharsets.ISO_8859_1), found, "name");
        // A zone may stand behind the data, and where it begins is not known: each label ends the data once.
        List<String> labels = List.of(name.split("\\.", -1));
        for (int last = labels.size(); last > 0 && found.none(); last--) {
            String data = joined(String.join("", labels.subList(0, last)));
            for (byte[] decoded : decoded(data)) {
                scan(formats, decoded, found, "name, decoded");
                String text = joined(new String(decoded, StandardCharsets.ISO_8859_1));
                scan(markers, text.getBytes(StandardCharsets.ISO_8859_1), found, "name, decoded");
            }
        }
        return found.all().stream().findFirst().map(leak -> Refused.leak(leak, "The name"));
    }

    /** Small letters, and nothing that separates: dots, and hyphens, which stand in for other characters. */
    private static String joined(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[.-]", "");
    }

    private static void scan(Patterns patterns, byte[] bytes, Found found, String place) {
        Scanner scanner = new Scanner(patterns);
        scanner.feed(bytes, 0, bytes.length);
        scanner.finish();
        found.take(scanner, place);
    }

    private static List<byte[]> decoded(String data) {
        List<byte[]> all = new ArrayList<>();
        if (data.length() >= 16) {
            decode(data, "0123456789abcdef", 4).ifPresent(all::add);
            decode(data, BASE32, 5).ifPresent(all::add);
        }
        return all;
    }

    private static Optional<byte[]> decode(String data, String alphabet, int bits) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int value = 0;
        int have = 0;
        for (int i = 0; i < data.length(); i++) {
            int digit = alphabet.indexOf(data.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            value = (value << bits | digit) & 0xffff;
            have += bits;
            if (have >= 8) {
                have -= 8;
                out.write(value >>> have);
            }
        }
        return Optional.of(out.toByteArray());
    }
}
