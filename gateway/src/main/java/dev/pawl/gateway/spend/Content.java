package dev.pawl.gateway.spend;

import java.util.List;
import java.util.Optional;

/**
 * What is known of the body of a request.
 *
 * @param form whether its names are parameters of a form
 * @param unclear why nothing is known of it, where it is not
 */
record Content(Fields fields, boolean form, Optional<String> unclear) {
    /** Of a body that did not come yet. */
    static Content unseen() {
        return unclear("its body was not seen");
    }

    /** Of a request that has none. */
    static Content none() {
        return new Content(new Fields(), false, Optional.empty());
    }

    static Content unclear(String reason) {
        return new Content(new Fields(), false, Optional.of(reason));
    }

    /** What a whole body says. */
    static Content of(byte[] body, String type, List<String> codings) {
        try {
            return Bodies.read(body, type, codings);
        } catch (Unclear e) {
            return unclear(e.reason);
        }
    }
}
