package dev.pawl.gateway.leak.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Patterns;
import dev.pawl.gateway.leak.testing.FalseSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies whose secret lies beneath a coding, cut anywhere. */
@Timeout(60)
class BodyTest {
    private static final Patterns PATTERNS = new Patterns(List.of(), MarkedFiles.none(), new byte[16]);
    private static final Random RANDOM = new Random(11);

    private static List<String> leaks(byte[] bytes, Body.Kind kind, int most, String... codings) throws Unreadable {
        Found found = new Found(finding -> false);
        try (Body body =
                new Body(PATTERNS, found, kind == Body.Kind.WEBSOCKET ? "message" : "body", kind, List.of(codings))) {
            for (int at = 0; at < bytes.length; ) {
                int some = Math.min(bytes.length - at, 1 + RANDOM.nextInt(most));
                body.feed(bytes, at, some);
                at += some;
                assertThat(body.held()).isBetween(0L, (long) at);
            }
            body.finish();
        }
        return found.all().stream()
                .map(leak -> leak.finding().kind() + " in " + leak.place())
                .toList();
    }

    private static void found(String expected, byte[] bytes, Body.Kind kind, String... codings) throws Unreadable {
        for (int most : new int[] {1, 50, 100_000}) {
            assertThat(leaks(bytes, kind, most, codings))
                    .as("pieces of " + most)
                    .contains(expected);
        }
    }

    @Test
    void chunksOfAnUploadAreOneText() throws Unreadable {
        String token = token();
        String signature = ";chunk-signature=" + "0".repeat(64);
        for (String extension : List.of("", signature)) {
            StringBuilder body = new StringBuilder();
            for (String part : List.of("a ", token.substring(0, 9), token.substring(9), " b")) {
                body.append(Integer.toHexString(part.length()))
                        .append(extension)
                        .append("\r\n");
                body.append(part).append("\r\n");
            }
            String last = "0" + extension + "\r\n";
            found("stripe-key in body", bytes(body + last + "\r\n"), Body.Kind.ANY, "aws-chunked");
            found("stripe-key in body", bytes(last + "x:" + token + "\r\n\r\n"), Body.Kind.ANY, "aws-chunked");
            for (String broken : List.of(body.toString(), body + last + "x", "3\r\nabcd\r\n", "3;a=b\r\nabc\r\n", "")) {
                assertThatThrownBy(() -> leaks(bytes(broken), Body.Kind.ANY, 7, "aws-chunked"))
                        .as(broken)
                        .isInstanceOf(Unreadable.class);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String token() {
        return "and the token is \"" + FalseSecrets.one("stripe-key", RANDOM) + "\", keep it\n";
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] zlib(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] both(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void underContentCodings() throws Unreadable {
        byte[] text = bytes("words ".repeat(3000) + token());
        found("stripe-key in body", text, Body.Kind.ANY);
        found("stripe-key in body", gzip(text), Body.Kind.ANY, "gzip");
        found("stripe-key in body", zlib(text), Body.Kind.ANY, "Deflate");
        byte[] bare = zlib(text);
        found("stripe-key in body", Arrays.copyOfRange(bare, 2, bare.length - 4), Body.Kind.ANY, "deflate");
        found("stripe-key in body", gzip(zlib(text)), Body.Kind.ANY, "deflate", "gzip");
        found("stripe-key in body", both(gzip(bytes("first ")), gzip(text)), Body.Kind.ANY, "x-gzip");
        byte[] token = bytes(token());
        byte[] halves = both(gzip(Arrays.copyOf(token, 35)), gzip(Arrays.copyOfRange(token, 35, token.length)));
        found("stripe-key in body", halves, Body.Kind.ANY, "gzip");
        found("stripe-key in message", gzip(frame(0x81, token)), Body.Kind.WEBSOCKET, "gzip");
    }

    @Test
    void insideBase64AndArchives() throws Unreadable {
        byte[] text = bytes("some words before " + token());
        String base64 = Base64.getEncoder().encodeToString(text);
        found("stripe-key in body, base64", bytes("{\"data\": \"" + base64 + "\"}"), Body.Kind.ANY);
        found("stripe-key in body, base64", bytes("{\"data\": \"\\n" + base64 + "\"}"), Body.Kind.ANY);
        String lines = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(text);
        found("stripe-key in body, base64", bytes("x: " + lines), Body.Kind.ANY);
        found("stripe-key in body, base64", bytes("\"" + lines.replace("\n", "\\n") + "\""), Body.Kind.ANY);
        found(
                "stripe-key in body, base64, base64",
                bytes(Base64.getUrlEncoder().encodeToString(bytes(base64))),
                Body.Kind.ANY);
        found("stripe-key in body, unpacked", gzip(text), Body.Kind.ANY);
        found("stripe-key in body, unpacked, unpacked", gzip(gzip(text)), Body.Kind.ANY);
        found(
                "stripe-key in body, base64, unpacked",
                bytes(Base64.getEncoder().encodeToString(gzip(text))),
                Body.Kind.ANY);
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            for (String name : List.of("a.txt", "b.txt")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.equals("b.txt") ? text : bytes("nothing"));
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found("stripe-key in body, unpacked", zip.toByteArray(), Body.Kind.ANY);
    }

    @Test
    void inHexadecimalBase32AndBase64BehindOtherLetters() throws Unreadable {
        byte[] text = bytes("some words before " + token());
        String hex = java.util.HexFormat.of().formatHex(text);
        found("stripe-key in body, hex", bytes("x=" + hex), Body.Kind.ANY);
        found(
                "stripe-key in body, hex",
                bytes(hex.toUpperCase(java.util.Locale.ROOT).replaceAll("(.{60})", "$1\n")),
                Body.Kind.ANY);
        StringBuilder base32 = new StringBuilder();
        String bits = new java.math.BigInteger(1, text).toString(2);
        bits = "0".repeat(text.length * 8 - bits.length()) + bits + "0".repeat((5 - text.length * 8 % 5) % 5);
        for (int i = 0; i < bits.length(); i += 5) {
            base32.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(Integer.parseInt(bits.substring(i, i + 5), 2)));
        }
        found("stripe-key in body, base32", bytes("x=" + base32), Body.Kind.ANY);
        for (String junk : List.of("x", "xy", "xyz", "/path/")) {
            found("stripe-key in body, base64", bytes(junk + Base64.getEncoder().encodeToString(text)), Body.Kind.ANY);
        }
    }

    private static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] mask = {1, 77, (byte) 200, 3};
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else {
            out.writeBytes(new byte[] {(byte) 0xfe, (byte) (payload.length >> 8), (byte) payload.length});
        }
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i & 3]);
        }
        return out.toByteArray();
    }

    @Test
    void masksOfWebSocketHideNothing() throws Unreadable {
        byte[] text = bytes(token());
        byte[] hello = frame(0x81, bytes("{\"say\":\"hello\"}"));
        found("stripe-key in message", both(hello, frame(0x81, text)), Body.Kind.WEBSOCKET);
        byte[] first = frame(0x01, Arrays.copyOf(text, 30));
        byte[] rest = frame(0x80, Arrays.copyOfRange(text, 30, text.length));
        found("stripe-key in message", both(both(first, frame(0x89, new byte[0])), rest), Body.Kind.WEBSOCKET);
        found("stripe-key in message", frame(0x82, bytes("words ".repeat(100) + token())), Body.Kind.WEBSOCKET);
        assertThatThrownBy(() -> leaks(frame(0xc1, text), Body.Kind.WEBSOCKET, 9))
                .isInstanceOf(Unreadable.class);
        // Nothing is kept back behind the end of a message.
        Found found = new Found(finding -> false);
        try (Body body = new Body(PATTERNS, found, "message", Body.Kind.WEBSOCKET, List.of())) {
            byte[] open = frame(0x81, bytes("password = "));
            body.feed(open, 0, open.length);
            assertThat(body.held()).isEqualTo(open.length);
        }
    }

    @Test
    void anArchiveInsideAForm() throws Unreadable {
        byte[] text = bytes("some words before " + token());
        byte[] head = bytes("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.gz\"\r\n\r\n");
        found("stripe-key in body, unpacked", both(both(head, gzip(text)), bytes("\r\n--b--\r\n")), Body.Kind.ANY);
        byte[] false1 = {0x1f, (byte) 0x8b, 8, 1, 2, 3};
        found(
                "stripe-key in body, unpacked",
                both(both(false1, bytes("many words that are no archive")), gzip(text)),
                Body.Kind.ANY);
    }

    @Test
    void keysInBase64WithoutAnyArmour() throws Unreadable {
        for (String type : List.of("RSA", "EC", "Ed25519")) {
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(FalseSecrets.key(type));
            found("private-key in body, base64", bytes("key:\n" + lines + "\n"), Body.Kind.ANY);
        }
    }

    @Test
    void escapedWithoutNeed() throws Unreadable {
        String token = FalseSecrets.one("stripe-key", RANDOM);
        StringBuilder json = new StringBuilder();
        StringBuilder url = new StringBuilder();
        StringBuilder wide = new StringBuilder();
        token.chars().forEach(c -> {
            json.append(String.format("\\u%04x", c));
            url.append(String.format("%%%02X", c));
            wide.append((char) c).append('\0');
        });
        String words = "many words before it ".repeat(20);
        found("stripe-key in body, unescaped", bytes(words + "{\"k\":\"" + json + "\"}"), Body.Kind.ANY);
        found("stripe-key in body, unescaped", bytes(words + url + "&"), Body.Kind.ANY);
        found("stripe-key in body, unescaped", bytes(words + url.toString().replace("%", "\\x") + " "), Body.Kind.ANY);
        found("stripe-key in body, unescaped", bytes(words + wide), Body.Kind.ANY);
        found(
                "stripe-key in body, unescaped",
                bytes(words + token.substring(0, 4) + json.substring(24) + " "),
                Body.Kind.ANY);
        String base64 = Base64.getEncoder().encodeToString(bytes("x: " + token + " and more, so that it is long"));
        found(
                "stripe-key in body, unescaped, base64",
                bytes("f=" + base64.replace("=", "%3D").replace("/", "%2F").replace("c", "%63")),
                Body.Kind.FORM);
    }

    @Test
    void inMultipartBodiesAndTheNamesOfTheirParts() throws Unreadable {
        String token = FalseSecrets.one("stripe-key", RANDOM);
        found(
                "stripe-key in body",
                bytes("--b\r\nContent-Disposition: form-data; name=\"" + token + "\"\r\n\r\nx\r\n--b--\r\n"),
                Body.Kind.ANY);
        found(
                "stripe-key in body",
                bytes("--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n" + token + "\r\n--b--\r\n"),
                Body.Kind.ANY);
    }

    @Test
    void whatCannotBeReadIsSaid() {
        byte[] text = bytes("text");
        assertThatThrownBy(() -> leaks(text, Body.Kind.ANY, 9, "br"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("neither gzip nor deflate");
        assertThatThrownBy(() -> leaks(text, Body.Kind.ANY, 9, "gzip", "gzip", "gzip"))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> leaks(text, Body.Kind.ANY, 9, "gzip")).isInstanceOf(Unreadable.class);
        byte[] cut = gzip(bytes("words ".repeat(100)));
        assertThatThrownBy(() -> leaks(Arrays.copyOf(cut, cut.length - 9), Body.Kind.ANY, 9, "gzip"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> leaks(both(cut, bytes("tail that is none")), Body.Kind.ANY, 9, "gzip"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("follows");
        assertThatThrownBy(() -> leaks(text, Body.Kind.GIT_PUSH, 9)).isInstanceOf(Unreadable.class);
    }

    @Test
    void aBombIsFoundOutEarly() {
        byte[] bomb = gzip(new byte[200 << 20]);
        long start = System.nanoTime();
        for (byte[] body : List.of(bomb, gzip(bomb))) {
            assertThatThrownBy(() -> leaks(body, Body.Kind.ANY, 9000))
                    .isInstanceOf(Unreadable.class)
                    .hasMessageContaining("64 times");
            assertThatThrownBy(() -> leaks(body, Body.Kind.ANY, 9000, "gzip"))
                    .isInstanceOf(Unreadable.class)
                    .hasMessageContaining("64 times");
        }
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Test
    void nothingBeneathACodingIsLetGoBeforeItIsFound() throws Unreadable {
        byte[] packed = gzip(bytes(FalseSecrets.text(RANDOM, "abcdefghij ", 50_000) + token()));
        Found found = new Found(finding -> false);
        long freed = 0;
        try (Body body = new Body(PATTERNS, found, "body", Body.Kind.ANY, List.of("gzip"))) {
            for (int at = 0; at < packed.length && found.none(); at++) {
                freed = body.held();
                body.feed(packed, at, 1);
            }
        }
        // The packed text of some 70 bytes that are hard to pack, and the checksum behind it.
        assertThat(found.none()).isFalse();
        assertThat(freed).isLessThan(packed.length - 20);
    }

    @Test
    void noiseOfEveryKindIsBounded() {
        for (int round = 0; round < 400; round++) {
            byte[] noise = new byte[RANDOM.nextInt(4000)];
            RANDOM.nextBytes(noise);
            byte[] good = gzip(bytes("words ".repeat(200) + token()));
            for (int i = 0; i < 3; i++) {
                good[RANDOM.nextInt(good.length)] = (byte) RANDOM.nextInt();
            }
            for (byte[] body : List.of(
                    noise,
                    good,
                    both(new byte[] {0x1f, (byte) 0x8b, 8, 31}, noise),
                    both(bytes("PK\3\4"), noise),
                    both(bytes("0000PACK\0\0\0\2\0\0\0\7"), noise))) {
                for (Body.Kind kind : Body.Kind.values()) {
                    try {
                        assertThat(leaks(body, kind, 500)).hasSizeLessThanOrEqualTo(16);
                    } catch (Unreadable expected) {
                        assertThat(expected.getMessage()).endsWith(".").hasSizeLessThan(200);
                    }
                }
            }
        }
    }
}
