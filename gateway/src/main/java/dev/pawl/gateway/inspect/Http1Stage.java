package dev.pawl.gateway.inspect;

/** How far one request of {@link Http1} is. */
enum Http1Stage {
    HEAD,
    JUDGING,
    BODY,
    ANSWERING,
    /** WebSocket: bytes of both sides go on as they are. */
    RAW,
    /** A refusal that ends the connection is being recorded; nothing moves before it is. */
    REFUSING,
    /** The last answer is given; what still comes is thrown away. */
    ENDING,
    OVER;

    /** Whether nothing goes on any more. */
    boolean ending() {
        return this == ENDING || this == OVER;
    }
}
