package dev.pawl.gateway;

import java.util.concurrent.CompletableFuture;

/** Asks for the real addresses of a name. Thread-safe; the future never completes with a throwable. */
interface NameSource extends AutoCloseable {
    CompletableFuture<Resolution> resolve(String name);

    @Override
    void close();
}
