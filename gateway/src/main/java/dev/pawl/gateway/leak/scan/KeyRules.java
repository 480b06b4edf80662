package dev.pawl.gateway.leak.scan;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Private keys: as armoured text of any kind, with line ends as they are, escaped as in JSON or URLs, or missing, and as
 * what stands beneath (DER, OpenSSH's own).
 */
final class KeyRules {
    /** Base64 that must follow a header. Programs that only know of keys hold the headers. */
    private static final int BODY = 64;

    /** Bytes behind a header in which the body must begin; fields of the header may stand before it. */
    private static final int NEAR = 700;

    private static final int LABEL = 56;

    private KeyRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of("private-key", KeyRules::armoured, "-----BEGIN", "---- BEGIN"),
                Rule.of("private-key", KeyRules::putty, "PuTTY-User-Key-File-"),
                Rule.of(
                        "private-key",
                        new TokenCheck(Chars.ranges("AZ09"), 58, 58, false, TokenCheck.VARIED),
                        "AGE-SECRET-KEY-1"),
                // Armour in hexadecimal, and "PRIVATE KEY-----" in base64 wherever its bytes fall.
                Rule.of(
                        "private-key",
                        (window, start, after) -> after - start,
                        "2d2d2d2d2d424547494e",
                        "2D2D2D2D2D424547494E",
                        "UFJJVkFURSBLRVktLS0tL",
                        "BSSVZBVEUgS0VZLS0tLS",
                        "QUklWQVRFIEtFWS0tLS0t",
                        // the same words backwards, and turned by thirteen letters
                        "YEK ETAVIRP",
                        "-----ORTVA CEVINGR XRL",
                        "-----ORTVA EFN CEVINGR XRL",
                        "-----ORTVA BCRAFFU CEVINGR XRL"),
                Rule.of("private-key", KeyRules::body, "openssh-key-v1\0\0\0\0"),
                Rule.of(
                        "private-key",
                        KeyRules::body,
                        // PrivateKeyInfo (RFC 5208) of RSA, of a curve, of Ed25519 and X25519 (RFC 8410)
                        binary("020100300d06092a864886f70d0101010500"),
                        binary("020100301306072a8648ce3d020106"),
                        binary("020100301006072a8648ce3d020106052b"),
                        binary("302e020100300506032b657004220420"),
                        binary("302e020100300506032b656e04220420"),
                        // RSAPrivateKey (RFC 8017) of 2048, 3072, 4096 bits
                        binary("0201000282010100"),
                        binary("0201000282018100"),
                        binary("0201000282020100"),
                        // ECPrivateKey (RFC 5915) on P-256, P-384, P-521
                        binary("30770201010420"),
                        binary("3081a40201010430"),
                        binary("3081dc0201010442"),
                        // EncryptedPrivateKeyInfo with PBES2
                        binary("06092a864886f70d01050d30")));
    }

    private static String binary(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private static int armoured(Window window, int start, int after) {
        // Everything between the dashes: letters, digits, blanks in whatever disguise.
        int at = after;
        int letters = 0;
        while (at < after + LABEL && !window.has(at, "----")) {
            if (window.open(at + 3)) {
                return Check.more(at - start + 8);
            }
            if (window.at(at) == Window.NOTHING || window.at(at) == '\n') {
                return Check.NO;
            }
            letters++;
            at++;
        }
        if (at == after + LABEL || letters < 8 || !secret(window.text(after, at - after))) {
            return Check.NO;
        }
        while (window.at(at) == '-') {
            at++;
        }
        if (window.open(at)) {
            return Check.more(at - start + BODY * 2);
        }
        return followed(window, start, at);
    }

    private static boolean secret(String label) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c == '%' || c == '\\') {
                i += c == '%' ? 2 : 5;
            } else if (c >= 'A' && c <= 'Z') {
                words.append(c);
            }
        }
        return words.indexOf("PRIVATEKEY") >= 0;
    }

    /** Looks for the body: lines of base64, together long enough, within reach. */
    private static int followed(Window window, int start, int from) {
        int at = from;
        int solid = 0;
        while (at < from + NEAR) {
            int run = window.run(at, BODY + 16, Chars.BASE64);
            // A line of a body, or the first words of a field such as "Proc-Type: 4,ENCRYPTED".
            int behind = at + run;
            if (window.open(behind + 5)) {
                return Check.more(behind - start + BODY);
            }
            if (window.has(at, "-----")) {
                return Check.NO;
            }
            if (run >= 16 && Entropy.of(window.bytes, at, run) > 3) {
                solid += run;
                if (solid >= BODY || run >= 48) {
                    return behind - start;
                }
            } else if (solid > 0 && run == 0 && separator(window, at) == 0) {
                return Check.NO;
            }
            at = behind + Math.max(run == 0 ? 1 : 0, separator(window, behind));
            if (window.at(at) == Window.NOTHING) {
                return Check.NO;
            }
        }
        return Check.NO;
    }

    /** Length of a line end or blank in any disguise. */
    static int separator(Window window, int at) {
        int c = window.at(at);
        if (c == '\n' || c == '\r' || c == ' ' || c == '\t') {
            return 1;
        }
        int escape = window.at(at + 1);
        if (c == '\\' && (escape == 'n' || escape == 'r' || escape == 't')) {
            return 2;
        }
        if (c == '\\' && window.has(at + 1, "u00")) {
            return 6;
        }
        if (c == '%' && window.is(at + 1, Chars.HEX) && (escape == '0' || escape == '2')) {
            return 3;
        }
        return 0;
    }

    private static int putty(Window window, int start, int after) {
        for (int at = after; at < after + 64; at++) {
            if (window.open(at + 11)) {
                return Check.more(at - start + 32);
            }
            if (window.has(at, "Encryption:")) {
                return at - start;
            }
        }
        return Check.NO;
    }

    /** What stands beneath needs no more than bytes behind it that differ. */
    private static int body(Window window, int start, int after) {
        if (window.open(after + 31)) {
            return Check.more(after - start + 32);
        }
        return window.end - after >= 32 && Entropy.of(window.bytes, after, 32) > 3.6 ? after - start + 32 : Check.NO;
    }
}
