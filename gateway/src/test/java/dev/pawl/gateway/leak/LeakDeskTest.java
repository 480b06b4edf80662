package dev.pawl.gateway.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Inspection;
import dev.pawl.core.Leaks;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.inspect.Problem;
import dev.pawl.gateway.inspect.Ruling;
import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Marker;
import dev.pawl.gateway.leak.testing.FalseSecrets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests, names and first bytes that carry something out. */
class LeakDeskTest {
    private static final String HOST = "api.corp.test";
    private static final String DECOY = "Zq8_fD2-kP0vXy7LmN3b";
    private static final String PLACEHOLDER = "pawl-placeholder-7f3a90cc12";
    private final Random random = new Random(9);
    private final LeakDesk desk = new LeakDesk();

    private Outgoing outgoing(String host, Leaks leaks) {
        Attempt.Connect target =
                new Attempt.Connect(Attempt.Transport.TCP, Optional.of(host), InetAddress.getLoopbackAddress(), 443);
        Terms terms = new Terms(Protocol.TLS, Optional.of(new Inspection(List.of(), OptionalLong.empty(), leaks)));
        ProcessInfo process = new ProcessInfo(1, 0, "/bin/agent", List.of(), "/", "dev");
        return desk.open(
                new Egress.Passage(
                        target, terms, process, new Monitor.Judged(Decision.allow("a", "b"), "e"), Optional.empty()),
                "flow");
    }

    private static Head head(String host, String target, String... headers) {
        List<Header> fields = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            fields.add(new Header(headers[i], headers[i + 1]));
        }
        return new Head("POST", "https", host, target, fields);
    }

    private static String rule(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Refuse(Decision decision, int status, Problem.Voice _) -> {
                assertThat(status).isEqualTo(403);
                assertThat(decision.denied()).isTrue();
                yield decision.rule();
            }
            case Ruling.Pass _, Ruling.Show _ -> "pass";
            case Ruling.Hold hold -> "hold " + hold.kind() + " " + hold.place();
            case Ruling.Forward(int bytes) -> "forward " + bytes;
            case Ruling.Gather _, Ruling.Decide _, Ruling.Replace _, Ruling.After _, Ruling.Spend _ -> "neither";
        };
    }

    private String ofHead(String host, String target, String... headers) {
        Outgoing outgoing = outgoing(host, Leaks.BLOCK);
        try {
            return rule(outgoing.head(head(host, target, headers)));
        } finally {
            outgoing.over();
        }
    }

    private String one(String name) {
        return FalseSecrets.one(name, random);
    }

    @Test
    void anyPartOfAHead() {
        String token = one("github-token ghp_");
        assertThat(ofHead(HOST, "/x", "accept", "*/*", "user-agent", "curl/8")).isEqualTo("pass");
        assertThat(ofHead(HOST, "/x?q=" + token)).isEqualTo("leak.github-token");
        assertThat(ofHead(HOST, "/x?q=%67" + token.substring(1))).isEqualTo("leak.github-token");
        assertThat(ofHead(
                        HOST,
                        "/"
                                + Base64.getUrlEncoder()
                                        .encodeToString(("of: " + token).getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("leak.github-token");
        assertThat(ofHead(HOST, "/x", "x-data", token)).isEqualTo("leak.github-token");
        assertThat(ofHead(HOST, "/x", token, "data")).isEqualTo("leak.github-token");
        assertThat(ofHead(HOST, "/x", "cookie", "a=" + token)).isEqualTo("leak.github-token");
        assertThat(ofHead(HOST, "/x", "authorization", "Bearer " + token)).isEqualTo("leak.github-token");
        Head method = new Head(token, "https", HOST, "/", List.of());
        assertThat(rule(outgoing(HOST, Leaks.BLOCK).head(method))).isEqualTo("leak.github-token");
    }

    @Test
    void aRefusalNamesThePlaceAndNeverTheText() {
        String token = one("github-token ghp_");
        Ruling ruling = outgoing(HOST, Leaks.BLOCK).head(head(HOST, "/", "X-Data", token, token + "x", "a"));
        assertThat(ruling.toString())
                .contains("header x-data", "no-data-exfiltration")
                .doesNotContain(token.substring(4, 20));
        ruling = outgoing(HOST, Leaks.BLOCK).head(head(HOST, "/", token, "a"));
        assertThat(ruling.toString().toLowerCase(Locale.ROOT))
                .contains("header name")
                .doesNotContain(token.substring(4, 20).toLowerCase(Locale.ROOT));
    }

    @Test
    void credentialsMayGoToThoseWhoIssuedThem() {
        assertThat(ofHead("api.github.com", "/user", "authorization", "token " + one("github-token ghp_")))
                .isEqualTo("pass");
        assertThat(ofHead("evilgithub.com", "/user", "authorization", "token " + one("github-token ghp_")))
                .isEqualTo("leak.github-token");
        assertThat(ofHead("api.anthropic.com", "/v1/messages", "x-api-key", one("anthropic-key")))
                .isEqualTo("pass");
        assertThat(ofHead("api.openai.com", "/v1/messages", "x-api-key", one("anthropic-key")))
                .isEqualTo("leak.anthropic-key");
        assertThat(ofHead("maps.googleapis.com", "/maps?key=" + one("google-key")))
                .isEqualTo("pass");
        assertThat(ofHead(HOST, "/", "private-token", one("gitlab-token"))).isEqualTo("pass");
        assertThat(ofHead(HOST, "/", "authorization", "Bearer " + one("jwt"))).isEqualTo("pass");
        assertThat(ofHead(HOST, "/", "x-note", one("gitlab-token"))).isEqualTo("leak.gitlab-token");
        String key = one("private-key json");
        assertThat(ofHead("api.github.com", "/", "authorization", key)).isEqualTo("leak.private-key");
    }

    @Test
    void markersMayStandAtHomeAlone() {
        desk.mark(
                List.of(
                        new Marker("decoy", DECOY, Optional.empty()),
                        new Marker("placeholder", PLACEHOLDER, Optional.of(HOST))),
                MarkedFiles.none());
        String basic = Base64.getEncoder().encodeToString(("user:" + PLACEHOLDER).getBytes(StandardCharsets.US_ASCII));
        assertThat(ofHead(HOST, "/", "authorization", "Bearer " + PLACEHOLDER)).isEqualTo("pass");
        assertThat(ofHead(HOST, "/", "authorization", "Basic " + basic)).isEqualTo("pass");
        assertThat(ofHead("other.test", "/", "authorization", "Bearer " + PLACEHOLDER))
                .isEqualTo("leak.placeholder");
        assertThat(ofHead("other.test", "/", "authorization", "Basic " + basic)).isEqualTo("leak.placeholder");
        assertThat(ofHead(HOST, "/?d=" + DECOY)).isEqualTo("leak.decoy");
        assertThat(body(HOST, Leaks.BLOCK, "x " + PLACEHOLDER + " y", 4)).isEqualTo("leak.placeholder");
        // Off is for what is guessed from its form, not for what was marked.
        assertThat(body(HOST, Leaks.OFF, "x " + DECOY + " y", 4)).isEqualTo("leak.decoy");
        assertThat(body(HOST, Leaks.OFF, "x " + one("stripe-key") + " y", 4)).isEqualTo("whole");
    }

    /** Sends a body in pieces as an inspector does, and checks that what is kept back comes again. */
    private String body(String host, Leaks leaks, String text, int piece, String... headers) {
        Outgoing outgoing = outgoing(host, leaks);
        assertThat(rule(outgoing.head(head(host, "/upload", headers)))).isEqualTo("pass");
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuf kept = Unpooled.buffer();
        StringBuilder sent = new StringBuilder();
        for (int at = 0; at < bytes.length; at += piece) {
            int some = Math.min(piece, bytes.length - at);
            kept.writeBytes(bytes, at, some);
            Ruling ruling = outgoing.body(kept, at + some == bytes.length);
            if (!(ruling instanceof Ruling.Forward(int free))) {
                outgoing.over();
                return rule(ruling);
            }
            sent.append(kept.readCharSequence(free, StandardCharsets.ISO_8859_1));
            assertThat(text).startsWith(sent);
            assertThat(kept.readableBytes()).isLessThanOrEqualTo(Outgoing.MOST_KEPT);
        }
        outgoing.over();
        return sent.toString().equals(text) ? "whole" : "short";
    }

    @Test
    void bodiesArePassedOnWholeOrRefused() {
        String streams = "application/grpc";
        for (int piece : new int[] {1, 13, 9000}) {
            String text = FalseSecrets.text(random, "abcdefgh =:\n", 20_000);
            assertThat(body(HOST, Leaks.BLOCK, text, piece)).isEqualTo("whole");
            assertThat(body(HOST, Leaks.BLOCK, text + "ghp_ token= sk-", piece)).isEqualTo("whole");
            assertThat(body(HOST, Leaks.BLOCK, text + text, piece, "content-type", streams))
                    .isEqualTo("whole");
            assertThat(body(HOST, Leaks.BLOCK, text + " " + one("npm-token"), piece, "content-type", streams))
                    .isEqualTo("leak.npm-token");
            assertThat(body(HOST, Leaks.ASK, text + " " + one("stripe-key") + " " + text, piece))
                    .isEqualTo("hold stripe-key body");
            assertThat(body(HOST, Leaks.BLOCK, text + " " + one("private-key EC"), piece))
                    .isEqualTo("leak.private-key");
        }
        assertThat(ofHead(HOST, "/", "content-encoding", "br")).isEqualTo("leak.unreadable");
        assertThat(body(HOST, Leaks.BLOCK, "plain", 2, "content-encoding", "gzip"))
                .isEqualTo("leak.unreadable");
        assertThat(body(HOST, Leaks.BLOCK, "plain", 2, "content-type", "application/x-git-receive-pack-request"))
                .isEqualTo("leak.unreadable");
    }

    @Test
    void namesAndFirstBytes() {
        desk.mark(List.of(new Marker("decoy", DECOY, Optional.empty())), MarkedFiles.none());
        assertThat(desk.name("www.example.com")).isEmpty();
        assertThat(desk.name("a-long-name-with-many-words.and.labels.cdn-eu-1.example.com"))
                .isEmpty();
        String lower = DECOY.toLowerCase(Locale.ROOT);
        String hex = HexFormat.of().formatHex(DECOY.getBytes(StandardCharsets.US_ASCII));
        assertThat(List.of(
                        lower + ".example.com",
                        lower.substring(0, 9) + "." + lower.substring(9) + ".example.com",
                        hex.substring(0, 20) + "." + hex.substring(20) + ".x.example.com",
                        base32(DECOY) + ".example.com",
                        base32("key " + one("stripe-key")).replaceAll("(.{40})", "$1.") + ".t.example.com"))
                .allSatisfy(name -> assertThat(desk.name(name)).as(name).isPresent());
        assertThat(desk.firstBytes(("EHLO x\r\nAUTH " + DECOY).getBytes(StandardCharsets.US_ASCII)))
                .isPresent();
        assertThat(desk.firstBytes("EHLO x\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    private static String base32(String text) {
        StringBuilder bits = new StringBuilder();
        text.chars()
                .forEach(c -> bits.append(
                        String.format("%8s", Integer.toBinaryString(c)).replace(' ', '0')));
        bits.append("0".repeat((5 - bits.length() % 5) % 5));
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bits.length(); i += 5) {
            out.append("abcdefghijklmnopqrstuvwxyz234567".charAt(Integer.parseInt(bits.substring(i, i + 5), 2)));
        }
        return out.toString();
    }
}
