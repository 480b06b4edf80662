package dev.pawl.gateway.inspect;

/** Counts what an inspected connection carries, and says how much more it may. Used on one event loop. */
public interface Traffic {
    /** How many of so many bytes may still go to the server. */
    int allowance(int wanted);

    /** So many bytes of the agent went on. */
    void sent(int bytes);

    /** So many bytes of the server came. */
    void received(int bytes);

    /** The budget is spent; the connection is ended by whoever is told. */
    void spent();
}
