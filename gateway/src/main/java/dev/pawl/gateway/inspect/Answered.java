package dev.pawl.gateway.inspect;

import java.util.ArrayList;
import java.util.List;

/** What the head of an answer of HTTP/1 means. */
sealed interface Answered {
    /**
     * An answer.
     *
     * @param fields without those that end at this hop
     * @param empty whether it has no body whatever its fields say
     * @param last whether the server ends the connection with it
     */
    record Response(int status, String reason, List<Header> fields, Framing framing, boolean empty, boolean last)
            implements Answered {
        /** The same with other fields. */
        Response with(List<Header> changed) {
            return new Response(status, reason, changed, framing, empty, last);
        }
    }

    /** None. */
    record Bad(String reason) implements Answered {}

    /** Reads it; {@code head} says whether it answers a HEAD. */
    static Answered of(String line, List<Header> fields, boolean head) {
        boolean version10 = line.startsWith("HTTP/1.0 ");
        if (!version10 && !line.startsWith("HTTP/1.1 ")) {
            return new Bad("the answer does not begin with HTTP/1.1 or HTTP/1.0");
        }
        int status = status(line);
        if (status < 0) {
            return new Bad("the answer has no status of three digits");
        }
        boolean empty = head || status < 200 || status == 204 || status == 304;
        Framing framing = Framing.ofAnswer(empty, fields);
        if (framing instanceof Framing.Bad(String reason)) {
            return new Bad("of the answer, " + reason);
        }
        Hops hops = Hops.of(fields);
        List<Header> kept = new ArrayList<>(fields.size());
        for (Header field : fields) {
            // Where no body follows, the length is what a body would have had (RFC 9110, 8.6), and goes on as it is.
            boolean told = (head || status == 304) && field.is("Content-Length");
            if (told || !hops.ends(field)) {
                kept.add(field);
            }
        }
        String reason = line.length() > 13 ? line.substring(13) : "";
        boolean last = hops.last(version10) || framing instanceof Framing.UntilClose;
        return new Response(status, reason, kept, framing, empty, last);
    }

    private static int status(String line) {
        if (line.length() < 12 || (line.length() > 12 && line.charAt(12) != ' ')) {
            return -1;
        }
        int status = 0;
        for (int i = 9; i < 12; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            status = status * 10 + digit;
        }
        return status < 100 ? -1 : status;
    }
}
