package dev.pawl.core;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * That the gateway reads the requests of a grant, and what it lets through. On a grant of TLS it ends TLS for that.
 *
 * @param requests requests that may go on; empty means any
 * @param upload bytes a request's body may have at most; empty means any number
 * @param leaks what happens to a request that carries out what should stay inside
 * @param spending what happens to a request that costs money
 * @param mcp what the charter calls the server of tools behind the host; empty where none is there
 */
public record Inspection(
        List<RequestRule> requests, OptionalLong upload, Leaks leaks, Spending spending, Optional<String> mcp) {
    /** Any request, of any size; leaks are blocked, and a person is asked about what costs money. */
    public static final Inspection ANY = new Inspection(List.of(), OptionalLong.empty(), Leaks.BLOCK);

    public Inspection {
        requests = List.copyOf(requests);
    }

    /** Without a server of tools. */
    public Inspection(List<RequestRule> requests, OptionalLong upload, Leaks leaks, Spending spending) {
        this(requests, upload, leaks, spending, Optional.empty());
    }

    /** A person is asked about what costs money. */
    public Inspection(List<RequestRule> requests, OptionalLong upload, Leaks leaks) {
        this(requests, upload, leaks, Spending.ASK);
    }
}
