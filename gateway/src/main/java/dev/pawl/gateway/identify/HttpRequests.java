package dev.pawl.gateway.identify;

import dev.pawl.gateway.identify.StratumWords.Weight;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What a client sends on one connection of HTTP/1: requests after each other, until one of them is for something else. */
final class HttpRequests {
    private int at;
    private @Nullable HttpHead telling;
    private @Nullable HttpBody body;
    private int bodyAt = -1;
    private final BitSet bodiless = new BitSet();
    private int heads;
    private @Nullable HttpHead handover;
    private StratumWords.Meaning heard = StratumWords.Meaning.NOTHING;
    private boolean begun;
    private @Nullable StratumEar rest;

    /** Takes what is new in the beginning of the direction. */
    void hear(Bytes out) {
        while (handover == null && at < out.length()) {
            HttpBody current = body;
            if (current != null) {
                at = current.hear(out, at);
                note(current.ear());
                body = current.over() ? null : current;
            } else if (rest != null) {
                while (at < out.length()) {
                    rest.accept(out.at(at++));
                }
                note(rest);
            } else if (!head(out)) {
                return;
            }
        }
    }

    /** Whether there was a whole head. */
    private boolean head(Bytes out) {
        if (out.at(at) == '\r' || out.at(at) == '\n') {
            at++; // an empty line before a request line is passed over (RFC 9112, 2.2)
            return true;
        }
        HttpOpening opening = HttpOpening.of(out.from(at));
        if (opening == HttpOpening.OTHER) {
            rest = new StratumEar();
            return true;
        }
        HttpHead head = HttpHead.read(out, at);
        if (head == null) {
            return false;
        }
        telling = telling == null || differs(telling, head) ? head : telling;
        at = head.end();
        bodiless.set(heads, head.word(0).equals("HEAD"));
        heads++;
        if (head.word(0).equals("CONNECT") || Upgraded.socket(head)) {
            handover = head;
            telling = head;
        } else {
            begin(head);
        }
        return true;
    }

    private void begin(HttpHead head) {
        HttpBody next = new HttpBody(head);
        body = next.over() ? null : next;
        bodyAt = bodyAt < 0 && body != null ? at : bodyAt;
    }

    /** Whether a later request is for somebody else, or cannot be told. */
    private static boolean differs(HttpHead first, HttpHead later) {
        return first.sound() && (!later.sound() || !HttpAuthority.of(first).equals(HttpAuthority.of(later)));
    }

    /** The server would not hand the connection over: what comes after that request is its body, and further requests. */
    void decline() {
        if (handover != null) {
            begin(handover);
            handover = null;
        }
    }

    private void note(StratumEar ear) {
        begun = ear.begun();
        if (ear.heard().weight().compareTo(heard.weight()) > 0) {
            heard = ear.heard();
        }
    }

    /** The request that tells most: the first, or a later one that does not fit it; null while none is whole. */
    @Nullable
    HttpHead telling() {
        return telling;
    }

    /** Whether something came after a request that is none. */
    boolean astray() {
        return rest != null;
    }

    /** The request after which something else is spoken, null where there was none yet. */
    @Nullable
    HttpHead handover() {
        return handover;
    }

    /** Which request that is, from 0 on. */
    int number() {
        return heads - 1;
    }

    /** The numbers of the requests whose answers have no body. */
    BitSet bodiless() {
        return bodiless;
    }

    /** Where what comes after that request begins. */
    int after() {
        return at;
    }

    /** Where the first body begins, -1 while there is none. */
    int body() {
        return bodyAt;
    }

    /** The weightiest message in any body. */
    StratumWords.Meaning heard() {
        return heard;
    }

    /** Whether there is mining in a message that is not whole yet. */
    boolean begun() {
        return begun && heard.weight() != Weight.MINING;
    }
}
