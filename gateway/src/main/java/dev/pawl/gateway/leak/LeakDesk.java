package dev.pawl.gateway.leak;

import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Inspection;
import dev.pawl.core.Leaks;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.leak.read.Body;
import dev.pawl.gateway.leak.read.Found;
import dev.pawl.gateway.leak.read.Unreadable;
import dev.pawl.gateway.leak.scan.MarkedFiles;
import dev.pawl.gateway.leak.scan.Marker;
import dev.pawl.gateway.leak.scan.Patterns;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks for what must not leave, for one run. Thread-safe. */
public final class LeakDesk implements Outgoing.Factory {
    private static final int LONGEST_FIRST = 8192;
    private static final int KEY = 16;
    private static final int PATIENCE_SECONDS = 20;

    /** What is looked for, by what a grant says of it. */
    private record Sought(Patterns all, Patterns marked, NameCheck names) {}

    /** What the run marked. */
    private record Marked(List<Marker> markers, MarkedFiles files) {}

    private volatile CompletableFuture<Void> known = CompletableFuture.completedFuture(null);
    private Marked marked = new Marked(List.of(), MarkedFiles.none());
    /** Made when it is first used: most runs begin before anything leaves. */
    private volatile @Nullable Sought sought;

    /** From now on, these are marked; requests under way keep what they began with. Takes milliseconds. */
    public synchronized void mark(List<Marker> markers, MarkedFiles files) {
        marked = new Marked(List.copyOf(markers), files);
        if (sought != null) {
            sought = make(marked);
        }
    }

    /** What has to be over before anything may be looked through; where it failed, nothing leaves. */
    public void waitFor(CompletableFuture<Void> marks) {
        known = marks;
    }

    /**
     * Returns once it is known what is marked; may block.
     *
     * @throws IllegalStateException if it is not known in time, or never
     */
    public void awaitMarks() {
        try {
            known.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("what is marked in the workspace is not known yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("what is marked in the workspace is not known", e);
        }
    }

    private Sought sought() {
        Sought now = sought;
        return now != null ? now : first();
    }

    private synchronized Sought first() {
        Sought now = sought;
        if (now == null) {
            now = make(marked);
            sought = now;
        }
        return now;
    }

    /** With a new key: fingerprints compare what was found under the same marks. */
    private static Sought make(Marked marked) {
        byte[] key = new byte[KEY];
        new SecureRandom().nextBytes(key);
        Patterns all = new Patterns(marked.markers, marked.files, key);
        return new Sought(
                all,
                Patterns.markedOnly(marked.markers, MarkedFiles.none(), key),
                new NameCheck(all, marked.markers, key));
    }

    /** Looks through a request. Where the grant says {@code leaks: off}, for markers alone. */
    @Override
    public Outgoing open(Egress.Passage passage, String flow) {
        Sought now = sought();
        Leaks leaks = passage.terms().inspection().map(Inspection::leaks).orElse(Leaks.BLOCK);
        String host = passage.target().place().toLowerCase(Locale.ROOT);
        return switch (leaks) {
            case BLOCK -> new Leaving(now.all, host, false);
            case ASK -> new Leaving(now.all, host, true);
            case OFF -> new Leaving(now.marked, host, false);
        };
    }

    /** A denial of a name that somebody is about to ask for, lower-case and without a trailing dot. */
    public Optional<Decision> name(String name) {
        return sought().names.leak(name);
    }

    /** A denial of a message to a server of tools, all of which is looked through. */
    public Optional<Decision> message(byte[] bytes, int from, int to, String server) {
        Found found = new Found(finding -> false);
        try (Body body = new Body(sought().all, found, "call", Body.Kind.ANY, List.of())) {
            body.feed(bytes, from, to - from);
            body.finish();
        } catch (Unreadable unreadable) {
            return Optional.of(Refused.unreadable(unreadable));
        }
        return found.all().stream().findFirst().map(leak -> Refused.leak(leak, "The call to " + server));
    }

    /** A denial of a flow nobody reads, by the first bytes that the agent sent: at most {@value #LONGEST_FIRST} of them. */
    public Optional<Decision> firstBytes(byte[] bytes) {
        Found found = new Found(finding -> false);
        try (Body body = new Body(sought().all, found, "first bytes", Body.Kind.ANY, List.of())) {
            body.feed(bytes, 0, Math.min(bytes.length, LONGEST_FIRST));
            body.finish();
        } catch (Unreadable unreadable) {
            return Optional.of(Refused.unreadable(unreadable));
        }
        return found.all().stream().findFirst().map(leak -> Refused.leak(leak, "The connection"));
    }
}
