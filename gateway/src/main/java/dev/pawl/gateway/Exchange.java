package dev.pawl.gateway;

import dev.pawl.core.Egress.Cut;
import dev.pawl.core.Egress.Listeners;
import dev.pawl.core.Egress.Passage;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A run's relay and DNS on its event loop, started. The only way in from other threads. Thread-safe. */
final class Exchange {
    private static final int PATIENCE_SECONDS = 5;

    private final IoEventLoop loop;
    private final Relay relay;
    private final DnsUdp dnsUdp;
    private final DnsTcp dnsTcp;

    /** Takes over the listeners, also when it throws. */
    Exchange(IoEventLoop loop, Listeners listeners, Relay relay, DnsDesk desk, boolean paused) {
        this.loop = loop;
        this.relay = relay;
        this.dnsUdp = new DnsUdp(listeners.dnsUdp(), loop, desk);
        this.dnsTcp = new DnsTcp(listeners.dnsTcp(), loop, desk);
        boolean started = call(() -> start(listeners, paused));
        if (!started) {
            throw new IllegalStateException("the listeners of the sandbox could not be served");
        }
    }

    private boolean start(Listeners listeners, boolean paused) {
        try {
            relay.listen(listeners.relay4());
            if (listeners.relay6() >= 0) {
                relay.listen(listeners.relay6());
            }
            dnsUdp.register();
            dnsTcp.register();
            setPaused(paused);
            return true;
        } catch (IOException | RuntimeException e) {
            closeAll();
            return false;
        }
    }

    void expect(InetSocketAddress source, Passage passage) {
        try {
            loop.execute(() -> relay.expect(source, passage));
        } catch (RejectedExecutionException closed) {
            // The loops are gone, and the relay's sockets with them.
        }
    }

    /** Cuts and waits until it is done. */
    Cut cut() {
        long start = System.nanoTime();
        int flows;
        try {
            flows = call(this::closeAll);
        } catch (RejectedExecutionException closed) {
            flows = 0; // The loops are gone, and every socket with them.
        }
        return new Cut(flows, (System.nanoTime() - start) / 1e6);
    }

    void pause(boolean stop) {
        try {
            call(() -> setPaused(stop));
        } catch (RejectedExecutionException closed) {
            // Nothing flows without loops.
        }
    }

    private int closeAll() {
        int flows = relay.cut();
        dnsUdp.close();
        dnsTcp.close();
        return flows;
    }

    private boolean setPaused(boolean stop) {
        relay.pause(stop);
        dnsUdp.pause(stop);
        dnsTcp.pause(stop);
        return stop;
    }

    /** Runs on the loop and waits; at once where the caller is the loop. */
    private <T> T call(Supplier<T> action) {
        if (loop.inEventLoop()) {
            return action.get();
        }
        try {
            return loop.submit(action::get).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the gateway worked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the gateway's event loop did not do its work", e);
        }
    }
}
