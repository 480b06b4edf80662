package dev.pawl.gateway;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers the agent's DNS questions. A name that is not granted is answered at once and nobody is asked; a granted one
 * gets synthetic addresses once a real resolver, or a route, has shown that it exists. Other types than addresses get
 * an empty answer: an HTTPS record, say, could name other hosts and keys. Thread-safe.
 */
final class DnsDesk {
    /** Questions of one run under way at once; more are answered SERVFAIL. */
    static final int MAX_UNDER_WAY = 256;

    static final int MAX_ASKERS = 4_096;

    private static final String REVERSE4 = ".in-addr.arpa";

    private final Monitor monitor;
    private final SyntheticNames synthetic;
    private final NameCache names;
    private final Predicate<String> routed;
    private final Function<String, Optional<Decision>> leaks;
    private final Executor blocking;
    private final boolean ipv6;
    private final Semaphore underWay = new Semaphore(MAX_UNDER_WAY);
    private final Bounded<InetSocketAddress, ProcessInfo> askers = new Bounded<>(MAX_ASKERS);

    /**
     * @param routed tells names that need no resolver
     * @param leaks refuses names that carry something out
     * @param ipv6 whether the sandbox has a relay on IPv6
     */
    DnsDesk(
            Monitor monitor,
            SyntheticNames synthetic,
            NameCache names,
            Predicate<String> routed,
            Function<String, Optional<Decision>> leaks,
            Executor blocking,
            boolean ipv6) {
        this.monitor = monitor;
        this.synthetic = synthetic;
        this.names = names;
        this.routed = routed;
        this.leaks = leaks;
        this.blocking = blocking;
        this.ipv6 = ipv6;
    }

    /** Says whose questions come from {@code source}. */
    void asks(InetSocketAddress source, ProcessInfo process) {
        synchronized (askers) {
            askers.put(source, process);
        }
    }

    /** Answers a message, later and on any thread, or never if it deserves no answer. Does not block. */
    void ask(byte[] message, InetSocketAddress source, Consumer<byte[]> reply) {
        switch (DnsQuery.parse(message)) {
            case DnsQuery.Ignored _ -> {}
            case DnsQuery.Rejected rejected -> reply.accept(DnsReply.rejected(rejected));
            case DnsQuery.Question question -> queue(question, source, reply);
        }
    }

    private void queue(DnsQuery.Question question, InetSocketAddress source, Consumer<byte[]> reply) {
        if (!underWay.tryAcquire()) {
            reply.accept(DnsReply.empty(question, DnsReply.SERVFAIL, Optional.empty()));
            return;
        }
        ProcessInfo process;
        synchronized (askers) {
            process = askers.get(source);
        }
        try {
            blocking.execute(() -> {
                byte[] answer;
                try {
                    answer = answer(question, process);
                } catch (RuntimeException e) {
                    answer = DnsReply.empty(question, DnsReply.SERVFAIL, Optional.empty());
                } finally {
                    underWay.release();
                }
                try {
                    reply.accept(answer);
                } catch (RejectedExecutionException closed) {
                    // The listener is gone, and whoever asked with it.
                }
            });
        } catch (RejectedExecutionException closed) {
            underWay.release();
        }
    }

    private byte[] answer(DnsQuery.Question question, @Nullable ProcessInfo process) {
        if (!question.plain()) {
            String because = "The name has other bytes than letters, digits, hyphens and underscores.";
            monitor.record(
                    new Body.Dns(question.name(), question.typeName(), List.of(), "REFUSED"),
                    process,
                    null,
                    Refusals.deny(Refusals.MALFORMED_NAME, "no-covert-channels", because));
            return DnsReply.empty(question, DnsQuery.REFUSED, Optional.of(because));
        }
        Optional<Decision> leak = leaks.apply(question.name());
        if (leak.isPresent()) {
            // The record of a name that carries a secret would carry it too.
            monitor.record(
                    new Body.Dns(zone(question.name()), question.typeName(), List.of(), "REFUSED"),
                    process,
                    null,
                    leak.get());
            return DnsReply.empty(
                    question, DnsQuery.REFUSED, Optional.of(leak.get().because()));
        }
        if (question.type() == DnsQuery.TYPE_PTR) {
            Optional<String> own = reverse(question.name());
            if (own.isPresent()) {
                return DnsReply.answer(question, DnsReply.name(own.get()));
            }
        }
        Monitor.Judged judged = monitor.judge(new Attempt.Resolve(question.name(), question.typeName()), process);
        if (!judged.decision().allowed() || judged.event().isEmpty()) {
            return DnsReply.empty(
                    question, DnsReply.NXDOMAIN, Optional.of(judged.decision().because()));
        }
        boolean address = question.type() == DnsQuery.TYPE_A || question.type() == DnsQuery.TYPE_AAAA;
        if (!address) {
            return DnsReply.empty(question, DnsReply.NOERROR, Optional.empty());
        }
        if (routed.test(question.name())) {
            return synthetic(question);
        }
        return switch (names.resolve(question.name()).join()) {
            case Resolution.Missing _ -> DnsReply.empty(question, DnsReply.NXDOMAIN, Optional.empty());
            case Resolution.Failed _ -> DnsReply.empty(question, DnsReply.SERVFAIL, Optional.empty());
            case Resolution.Found(List<InetAddress> found)
            when found.isEmpty() -> DnsReply.empty(question, DnsReply.NOERROR, Optional.empty());
            case Resolution.Found _ -> synthetic(question);
        };
    }

    /** The last two labels, where something stands before them. */
    private static String zone(String name) {
        String[] labels = name.split("\\.", -1);
        return labels.length < 3 ? "*" : "*." + labels[labels.length - 2] + "." + labels[labels.length - 1];
    }

    private byte[] synthetic(DnsQuery.Question question) {
        boolean v6 = question.type() == DnsQuery.TYPE_AAAA;
        if (v6 && !ipv6) {
            return DnsReply.empty(question, DnsReply.NOERROR, Optional.empty());
        }
        return synthetic
                .of(question.name())
                .map(pair -> DnsReply.answer(question, (v6 ? pair.v6() : pair.v4()).getAddress()))
                .orElseGet(() -> DnsReply.empty(question, DnsReply.SERVFAIL, Optional.empty()));
    }

    /** The name behind a synthetic IPv4 address written the reverse way; the agent has it from here, so no secret. */
    private Optional<String> reverse(String name) {
        if (!name.endsWith(REVERSE4)) {
            return Optional.empty();
        }
        String[] parts = name.substring(0, name.length() - REVERSE4.length()).split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        try {
            return synthetic.nameOf(InetAddress.ofLiteral(parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
