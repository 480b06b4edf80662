package dev.pawl.gateway.serve;

/** What is served. Thread-safe; called by a virtual thread, so it may wait. A throw is an answer of status 500. */
public interface Service {
    /** Whether something may be posted to this path. */
    boolean serves(String path);

    /** Answers one request whose token was right. */
    Reply post(String path, byte[] body);

    /** An answer without a request's content: what has this status, and why. */
    Reply refusal(int status, String reason);

    /** JSON with its status. */
    record Reply(int status, String json) {}
}
