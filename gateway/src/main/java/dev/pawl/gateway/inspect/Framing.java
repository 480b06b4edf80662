package dev.pawl.gateway.inspect;

import java.util.List;

/** How the body of a message of HTTP/1 ends (RFC 9112, 6). Where that could be read in two ways it is {@link Bad}. */
sealed interface Framing {
    Framing NONE = new Length(0);

    /** After so many bytes. */
    record Length(long bytes) implements Framing {}

    /** With an empty chunk. */
    record Chunked() implements Framing {}

    /** With the connection; answers only. */
    record UntilClose() implements Framing {}

    /** Nobody can say, for this reason. */
    record Bad(String reason) implements Framing {}

    /** Digits of a length: no sum of two overflows. */
    int MOST_DIGITS = 18;

    /** Of a request. */
    static Framing ofRequest(List<Header> fields, boolean version10) {
        Framing given = given(fields);
        if (given instanceof Chunked && version10) {
            return new Bad("HTTP/1.0 has no Transfer-Encoding");
        }
        return given instanceof UntilClose ? NONE : given;
    }

    /** Of an answer; {@code empty} where it has no body, whatever it says of one. */
    static Framing ofAnswer(boolean empty, List<Header> fields) {
        Framing given = given(fields);
        return given instanceof Bad || !empty ? given : NONE;
    }

    private static Framing given(List<Header> fields) {
        String length = null;
        String encoding = null;
        for (Header field : fields) {
            if (field.is("Content-Length")) {
                if (length != null) {
                    return new Bad("Content-Length stands twice");
                }
                length = field.value();
            } else if (field.is("Transfer-Encoding")) {
                if (encoding != null) {
                    return new Bad("Transfer-Encoding stands twice");
                }
                encoding = field.value();
            }
        }
        if (length != null && encoding != null) {
            return new Bad("Content-Length and Transfer-Encoding contradict each other");
        }
        if (encoding != null) {
            return encoding.equalsIgnoreCase("chunked")
                    ? new Chunked()
                    : new Bad("the only Transfer-Encoding that is read is chunked");
        }
        return length == null ? new UntilClose() : length(length);
    }

    /** A length as it is written. */
    static Framing length(String text) {
        boolean digits = !text.isEmpty() && text.length() <= MOST_DIGITS;
        for (int i = 0; digits && i < text.length(); i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return digits ? new Length(Long.parseLong(text)) : new Bad("Content-Length is no number");
    }
}
