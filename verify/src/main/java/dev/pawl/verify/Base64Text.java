package dev.pawl.verify;

import java.util.Base64;

/** Standard base 64 (RFC 4648, section 4) with one spelling for each value: unused bits are zero, padding is there. */
final class Base64Text {
    private Base64Text() {}

    static byte[] decode(String text) throws FormatFault {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new FormatFault("not base 64");
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new FormatFault("base 64 in another spelling than the one allowed");
        }
        return bytes;
    }
}
