package dev.pawl.gateway.inspect;

/**
 * One request of a connection of HTTP/1 and its answer.
 *
 * @param body reads what the agent sends after the head
 * @param asking writes it to the server
 * @param answering passes the answer back
 */
record Http1Turn(Opening.Request request, Screening screening, BodyReader body, Asking asking, Answering answering) {
    /** Whether it asks for no body of an answer. */
    boolean head() {
        return request.head().method().equals("HEAD");
    }

    /** Whether the connection can go on after a refusal: all of it was read. */
    boolean goesOn() {
        return body.over() && !request.last();
    }

    /** Whether nobody has heard more of it than its head, and nobody of an answer. */
    boolean mayComeAgain() {
        return request.framing().equals(Framing.NONE) && answering.silent();
    }
}
