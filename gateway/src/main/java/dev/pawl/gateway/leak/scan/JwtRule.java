package dev.pawl.gateway.leak.scan;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A signed token (RFC 7519): a header that says how it is signed, claims, and a signature. */
final class JwtRule {
    private static final int HEADER = 1024;
    private static final int CLAIMS = 2048;
    private static final int SIGNATURE = 20;

    private JwtRule() {}

    static Rule rule() {
        return Rule.of("jwt", JwtRule::judge, "eyJ");
    }

    private static int judge(Window window, int start, int after) {
        if (!window.begins(start)) {
            return Check.NO;
        }
        int header = window.run(start, HEADER, Chars.WORD);
        int dot = start + header;
        if (header < HEADER && window.open(dot + 3)) {
            return Check.more(header + Math.max(64, header));
        }
        if (header < 12 || !window.has(dot, ".eyJ") || !names(window, start, header)) {
            return Check.NO;
        }
        int claims = window.run(dot + 1, CLAIMS, Chars.WORD);
        int second = dot + 1 + claims;
        if (claims == CLAIMS) {
            return second - start;
        }
        if (window.open(second)) {
            return Check.more(second - start + Math.max(64, claims));
        }
        if (claims < 12 || window.at(second) != '.') {
            return Check.NO;
        }
        int signature = window.run(second + 1, SIGNATURE, Chars.WORD);
        if (signature < SIGNATURE) {
            return window.open(second + 1 + signature) ? Check.more(second - start + SIGNATURE + 2) : Check.NO;
        }
        return Examples.known(window.text(start, second - start)) ? Check.NO : second + 1 + signature - start;
    }

    private static boolean names(Window window, int start, int length) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(window.text(start, length / 4 * 4));
            return new String(json, StandardCharsets.ISO_8859_1).contains("\"alg\"");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
