package dev.pawl.gateway.identify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures what recognising adds to one connection: from a new identifier to the end of its first exchange. */
public final class IdentifyCost {
    private static final int ROUNDS = 40;
    private static final int EACH = 2_000;

    private IdentifyCost() {}

    /** Prints the median and the slowest of 40 rounds in microseconds, for each kind of talk. */
    public static void main(String[] arguments) {
        Map<String, List<String>> talks = new TreeMap<>(Map.of(
                "http", List.of(head("GET / HTTP/1.1"), head("HTTP/1.1 200 OK") + "x".repeat(3_000)),
                "http json", List.of(head("POST /v1 HTTP/1.1") + json(2_000), head("HTTP/1.1 200 OK") + json(3_000)),
                "ssh", List.of("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
                "stratum", List.of("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"a\"]}\n"),
                "tls", List.of(hello(1_700), "\u0016\u0003\u0003\u000f\u00ff" + "s".repeat(4_000)),
                "unknown text",
                        List.of("x".repeat(60).repeat(60) + "\n", "y".repeat(60).repeat(60) + "\n"),
                "unknown bytes", List.of("\u0001\u0002\u0003".repeat(1_300), "\u0004\u0005\u0006".repeat(1_300))));
        talks.forEach(IdentifyCost::measure);
    }

    private static void measure(String name, List<String> turns) {
        byte[][] parts = turns.stream()
                .map(turn -> turn.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
        double[] micros = new double[ROUNDS];
        String protocol = "";
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < EACH; i++) {
                Identifier identifier = new Identifier(8_192, Identifier.LIMIT);
                for (int turn = 0; turn < parts.length; turn++) {
                    var _ = identifier.take(turn % 2 == 0 ? Way.OUT : Way.IN, parts[turn], 0, parts[turn].length);
                }
                protocol = identifier.identity().protocol();
            }
            micros[round] = (System.nanoTime() - start) / 1_000.0 / EACH;
        }
        Arrays.sort(micros);
        System.out.printf(
                "%-14s %-10s median %6.2f us   slowest %6.2f us%n",
                name, protocol, micros[ROUNDS / 2], micros[ROUNDS - 1]);
    }

    private static String head(String line) {
        return line
                + "\r\nHost: api.example.com\r\nUser-Agent: measure/1.0\r\nAccept: */*\r\nContent-Type: application/json\r\n"
                + (line.startsWith("POST") ? "Content-Length: 100000\r\n" : "") + "\r\n";
    }

    private static String json(int length) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(length / 5);
    }

    /** A hello with a long key share, as browsers send. */
    private static String hello(int length) {
        String name = "\0\0\0\u0012\0\u0010\0\0\r" + "files.example";
        String share = two(51) + two(length - 200) + "k".repeat(length - 200);
        String body = "\u0003\u0003" + "r".repeat(32) + "\0\0\u0004\u0013\u0001\u0013\u0002\u0001\0"
                + two(name.length() + share.length()) + name + share;
        String message = "\u0001\0" + two(body.length()) + body;
        return "\u0016\u0003\u0001" + two(message.length()) + message;
    }

    private static String two(int number) {
        return "" + (char) (number >> 8) + (char) (number & 0xff);
    }
}
