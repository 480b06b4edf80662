package dev.pawl.gateway.identify;

import dev.pawl.gateway.identify.StratumWords.Weight;
import org.jspecify.annotations.Nullable;

/** What a client sends on one connection of HTTP/1: requests after each other, until one of them is for something else. */
final class HttpRequests {
    private int at;
    private @Nullable HttpHead first;
    private @Nullable HttpBody body;
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
        first = first == null ? head : first;
        at = head.end();
        if (head.word(0).equals("CONNECT") || head.has("upgrade")) {
            handover = head;
        } else {
            HttpBody next = new HttpBody(head);
            body = next.over() ? null : next;
        }
        return true;
    }

    private void note(StratumEar ear) {
        begun = ear.begun();
        if (ear.heard().weight().compareTo(heard.weight()) > 0) {
            heard = ear.heard();
        }
    }

    /** The first request, null while it is not whole. */
    @Nullable
    HttpHead first() {
        return first;
    }

    /** The request after which something else is spoken, null where there was none yet. */
    @Nullable
    HttpHead handover() {
        return handover;
    }

    /** Where what comes after that request begins. */
    int after() {
        return at;
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
