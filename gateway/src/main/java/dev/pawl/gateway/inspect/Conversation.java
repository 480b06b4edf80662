package dev.pawl.gateway.inspect;

import dev.pawl.core.Decision;

/** What passes between the two sides of one inspected connection, in one version of HTTP. Used on one event loop. */
sealed interface Conversation permits Http1, Http2 {
    /** Goes on as far as that is possible. Never throws. */
    void pump();

    /** Whether more of the agent is of use now. */
    boolean readsAgent();

    /** Whether more of the server is of use now. */
    boolean readsServer();

    /** The server cannot be used: requests are answered with the reason. */
    void unusable(Decision why);

    /** The run goes on after it stood still. */
    default void resumed() {
        pump();
    }

    /** The server closed. */
    void serverClosed();

    /** The agent closed, or nothing more is to come: ends in good order. */
    void end();

    /** Ends so that the agent sees that something is missing. May be repeated. */
    void abort();
}
