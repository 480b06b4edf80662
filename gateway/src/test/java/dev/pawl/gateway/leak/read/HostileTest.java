package dev.pawl.gateway.leak.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Marker;
import dev.pawl.gateway.leak.scan.Patterns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts made to keep the scanner busy: beginnings of secrets, again and again, that come to nothing. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTest {
    private static final int SIZE = 2 << 20;
    private static final List<String> UNITS = List.of(
            "-----BEGIN",
            "-----BEGIN PRIVATE KEY-----\n",
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\n",
            "-----BEGIN " + "A".repeat(50),
            "AKIA",
            "AKIAQ3EGJ5BWMVXRTY27 ",
            "AKIAQ3EGJ5BWMVXRTY27 " + "aB3".repeat(12) + " ",
            "LTAI5tAbCdEfGh12345678 ",
            "sk-",
            "sk- ",
            " sk-proj-aB3dE5gH7jK9mN1pQ3sT5vW7yZ9",
            "ghp_",
            "ghp_aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC2dF4gh",
            "password=",
            "password = \"a1B2c3D4e5F6g7H8i9J0\"x ",
            "token:'",
            "pwd",
            "eyJ",
            " eyJhbGciOiJIUzI1NiJ9.eyJ",
            "postgres://a:b",
            "https://a:" + "b1".repeat(60) + " ",
            "8Q~",
            "302e020100300506032b657004220420",
            "PuTTY-User-Key-File-",
            "same-beginning-of",
            "\\u0041",
            "%41",
            "\\\\\\",
            "a\0",
            "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlq ",
            "\n\n\n",
            "PK\3\4",
            "the quick brown fox jumps over the lazy dog ");

    private static double seconds(Patterns patterns, byte[] bytes, int piece) {
        long start = System.nanoTime();
        Found found = new Found(finding -> false);
        try (Body body = new Body(patterns, found, "body", Body.Kind.ANY, List.of())) {
            long least = 0;
            for (int at = 0; at < bytes.length; at += piece) {
                body.feed(bytes, at, Math.min(piece, bytes.length - at));
                least = Math.max(least, body.held());
                // What is kept back never grows with what was sent.
                assertThat(at - least).isLessThan(3 * 8192);
            }
            body.finish();
        } catch (Unreadable unreadable) {
            assertThat(unreadable.tooMuch()).isTrue();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    @Test
    void noTextIsMuchSlowerThanOthers() {
        List<Marker> markers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            markers.add(new Marker("decoy", "same-beginning-of-all-" + i, Optional.empty()));
        }
        Patterns patterns = new Patterns(markers, MarkedFiles.none(), new byte[16]);
        Map<String, Double> slow = new TreeMap<>();
        for (String unit : UNITS) {
            byte[] bytes = unit.repeat(SIZE / unit.length()).getBytes(StandardCharsets.ISO_8859_1);
            double took = seconds(patterns, bytes, 8192);
            double speed = bytes.length / took / 1e6;
            if (speed < 20) {
                slow.put(unit, speed);
            }
        }
        assertThat(slow.values())
                .as("MB/s: " + slow)
                .allSatisfy(speed -> assertThat(speed).isGreaterThan(0.5));
    }

    @Test
    void oneByteAtATimeIsBoundedToo() {
        Patterns patterns = new Patterns(List.of(), MarkedFiles.none(), new byte[16]);
        for (String unit : UNITS) {
            byte[] bytes = unit.repeat(20_000 / unit.length()).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(seconds(patterns, bytes, 1)).as(unit).isLessThan(3);
        }
    }
}
