package dev.pawl.gateway;

import dev.pawl.core.Advisor;
import dev.pawl.core.Charter;
import dev.pawl.core.Monitor;
import dev.pawl.gateway.inspect.Inspector;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.tls.Leaves;
import dev.pawl.gateway.tls.RunAuthority;
import dev.pawl.gateway.tls.ServerTrust;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * How the connections of one run are inspected.
 *
 * @param authority signs what the agent is shown in place of servers
 * @param lookers look at each request, in this order
 */
public record Inspecting(RunAuthority authority, List<Outgoing.Factory> lookers) {
    public Inspecting {
        lookers = List.copyOf(lookers);
    }

    /** Loads what reads HTTP and TLS; called for the first connection that is inspected. {@code first} looks before all. */
    Inspector of(Charter charter, Monitor monitor, Executor blocking, Advisor advisor, Outgoing.Factory first) {
        return new Inspector(
                monitor,
                blocking,
                advisor,
                new Leaves(authority, SslProvider.JDK),
                () -> {
                    try {
                        return ServerTrust.of(charter.network().authorities());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Stream.concat(Stream.of(first), lookers.stream()).toList());
    }
}
