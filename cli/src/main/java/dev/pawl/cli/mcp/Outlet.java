package dev.pawl.cli.mcp;

import dev.pawl.gateway.mcp.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/** Writes lines to one end, one at a time, and none while the run is frozen. Thread-safe. */
final class Outlet implements Session.Line {
    private final OutputStream out;
    private final Turnstile turnstile;
    private final ReentrantLock order = new ReentrantLock();

    Outlet(OutputStream out, Turnstile turnstile) {
        this.out = out;
        this.turnstile = turnstile;
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
        if (!turnstile.pass()) {
            return;
        }
        order.lock();
        try {
            byte[] line = new byte[to - from + 1];
            System.arraycopy(bytes, from, line, 0, to - from);
            line[to - from] = '\n';
            out.write(line);
            out.flush();
        } catch (IOException e) {
            // Whoever reads there is gone; its end is seen by who reads from it.
            turnstile.close();
        } finally {
            order.unlock();
        }
    }
}
