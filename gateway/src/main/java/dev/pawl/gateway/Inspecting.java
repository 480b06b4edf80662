package dev.pawl.gateway;

import dev.pawl.core.Advisor;
import dev.pawl.core.Body;
import dev.pawl.core.Charter;
import dev.pawl.core.Monitor;
import dev.pawl.core.Purse;
import dev.pawl.gateway.inspect.Inspector;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.model.ModelDesk;
import dev.pawl.gateway.tls.Leaves;
import dev.pawl.gateway.tls.RunAuthority;
import dev.pawl.gateway.tls.ServerTrust;
import dev.pawl.gateway.tls.TlsLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * How the connections of one run are inspected.
 *
 * @param authority signs what the agent is shown in place of servers
 * @param lookers look at each request, in this order, after who looks for leaks and who counts calls of models
 * @param purse what the run may use of models
 */
public record Inspecting(RunAuthority authority, List<Outgoing.Factory> lookers, Purse purse) {
    public Inspecting {
        lookers = List.copyOf(lookers);
    }

    /** Loads what reads HTTP and TLS; called for the first connection that is inspected. {@code first} looks before all. */
    Inspector of(Charter charter, Monitor monitor, Executor blocking, Advisor advisor, Outgoing.Factory first) {
        TlsLibrary library = TlsLibrary.best();
        library.instead()
                .ifPresent(why -> blocking.execute(() -> {
                    var _ = monitor.record(new Body.Control("slow-tls", "gateway", null, why), null, null, null);
                }));
        return new Inspector(
                monitor,
                blocking,
                advisor,
                new Leaves(authority, library.provider()),
                () -> {
                    try {
                        return ServerTrust.of(charter.network().authorities());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Stream.concat(Stream.of(first, new ModelDesk(monitor, blocking, purse)), lookers.stream())
                        .toList());
    }
}
