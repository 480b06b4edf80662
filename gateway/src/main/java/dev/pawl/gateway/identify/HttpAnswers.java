package dev.pawl.gateway.identify;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers on one connection of HTTP/1, in order: the answer that counts for a request is the one with its
 * number, since others come before it on a connection that is kept. Interim answers are passed over (RFC 9110, 15.2).
 */
final class HttpAnswers {
    private final List<HttpHead> finals = new ArrayList<>();
    private @Nullable HttpBody body;
    private int at;
    /** Whether what follows cannot be told apart: the last answer goes on to the end, or it is no answer. */
    private boolean over;

    /**
     * Takes what is new, and gives the answer with that number.
     *
     * @param bodiless the numbers of the requests whose answers have no body
     * @return null while it has not come whole
     */
    @Nullable
    HttpHead answer(Bytes in, int number, BitSet bodiless) {
        while (!over && finals.size() <= number && at < in.length()) {
            HttpBody current = body;
            if (current != null) {
                at = current.hear(in, at);
                body = current.over() ? null : current;
            } else if (!head(in, bodiless)) {
                break;
            }
        }
        return number < finals.size() ? finals.get(number) : null;
    }

    private boolean head(Bytes in, BitSet bodiless) {
        if (!in.from(at).agrees("HTTP/1.")) {
            over = true;
            return false;
        }
        HttpHead head = HttpHead.read(in, at);
        if (head == null) {
            return false;
        }
        at = head.end();
        String status = head.word(1);
        if (status.startsWith("1") && !status.equals("101")) {
            return true;
        }
        boolean empty = bodiless.get(finals.size()) || status.equals("204") || status.equals("304");
        finals.add(head);
        if (!empty) {
            HttpBody next = new HttpBody(head);
            body = next.over() ? null : next;
            over = next.over() && !head.has("content-length");
        }
        return true;
    }
}
