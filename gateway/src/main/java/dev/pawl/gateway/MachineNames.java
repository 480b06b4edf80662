package dev.pawl.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The machine's own resolver, hosts file included, as any program on it would use it. */
final class MachineNames implements NameSource {
    private final Executor lookups;

    /** {@code lookups} runs calls that block for as long as the machine's resolver does; see {@link Lookups}. */
    MachineNames(Executor lookups) {
        this.lookups = lookups;
    }

    @Override
    public CompletableFuture<Resolution> resolve(String name) {
        return CompletableFuture.supplyAsync(() -> ask(name), lookups).exceptionally(_ -> new Resolution.Failed());
    }

    private static Resolution ask(String name) {
        try {
            return new Resolution.Found(List.of(InetAddress.getAllByName(name)));
        } catch (UnknownHostException e) {
            // The platform does not say whether the name is missing or its server is; missing is what it means most.
            return new Resolution.Missing();
        }
    }

    @Override
    public void close() {}
}
