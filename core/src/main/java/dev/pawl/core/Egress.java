package dev.pawl.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The gateway as one sandbox sees it. Thread-safe.
 *
 * <p>Order of calls: {@link #serve} once; then for each connection that was allowed: {@link #objection}, the sandbox
 * connects the agent's socket to the relay, {@link #expect} with the source address the kernel gave it. The connection
 * may reach the relay before {@code expect} is called; the relay waits a moment for it and drops what nobody announced.
 */
public interface Egress extends AutoCloseable {
    /** File descriptors of listeners inside the sandbox's network namespace; ownership passes to the gateway. */
    record Listeners(int relay4, int relay6, int dnsUdp, int dnsTcp) {}

    /**
     * One granted connection.
     *
     * @param terms what may flow, and whether it is read
     * @param judged the connect event that allowed it, the cause of its flow
     * @param answer empty, or what the connection waits for: it is open for the agent, and nothing is read or dialled
     */
    record Passage(
            Attempt.Connect target, Terms terms, ProcessInfo process, Monitor.Judged judged, Optional<Answer> answer) {
        /** What may flow. */
        public Protocol protocol() {
            return terms.protocol();
        }
    }

    /** What one stop of all flows did. */
    record Cut(int flows, double tookMillis) {}

    void serve(Listeners listeners);

    /** The name behind a synthetic address this run was given. */
    Optional<String> hostOf(InetAddress address);

    /**
     * A denial the policy cannot know of: the name resolves to a private address, or the egress budget is spent.
     *
     * @param asked whether a person is asked for this connection, who then sees where it leads
     */
    Optional<Decision> objection(Attempt.Connect target, boolean asked);

    /** A denial of a connection that nobody is asked for. */
    default Optional<Decision> objection(Attempt.Connect target) {
        return objection(target, false);
    }

    /** The real addresses that a target which passed {@link #objection} leads to now; none if it never passed. */
    List<InetAddress> addresses(Attempt.Connect target);

    /** Announces the connection that comes from {@code source} (an address of the sandbox's loopback). */
    void expect(InetSocketAddress source, Passage passage);

    /** Says which process owns the UDP or TCP source address that a DNS question will come from. */
    void asks(InetSocketAddress source, ProcessInfo process);

    /** Closes every flow with a reset and accepts no more. */
    Cut cut();

    /** Stops or restarts all reading; bytes in flight stay where they are. */
    void pause(boolean paused);

    /** Bytes sent by the agent so far. */
    long sentBytes();

    @Override
    void close();
}
