package dev.pawl.policy.learn;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Protocol;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs tried, from their events in order: each different attempt once, with who made it. What an agent can make
 * large is bounded, and what went beyond the bounds is counted. For one thread.
 */
public final class Observations {
    /** Different attempts that are kept. */
    static final int MOST_ATTEMPTS = 20_000;

    static final int MOST_REFUSED = 500;

    /** Ways to call one program that are kept apart; with more, its arguments do not count any longer. */
    static final int MOST_CALLS = 64;

    /** Connections whose flow has not opened yet. */
    private static final int MOST_OPEN = 100_000;

    private static final List<String> MANY_WAYS = List.of("…");

    private final Map<Attempt, Use> allowed = new LinkedHashMap<>();
    private final Map<Attempt, Refusal> refused = new LinkedHashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<String, Attempt.Connect> connects = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempt.Connect> eldest) {
            return size() > MOST_OPEN;
        }
    };

    private final Set<String> starts = new HashSet<>();
    private final Endings endings = new Endings();
    private long beyond;
    private long sent;
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();

    /**
     * Something that was refused.
     *
     * @param decision the first answer
     */
    record Refusal(Decision decision, Users users) {}

    /** Takes the next event of a run; those of several runs may come one run after the other. */
    public void accept(Event event) {
        if (first.isEmpty() || event.time().isBefore(first.get())) {
            first = Optional.of(event.time());
        }
        if (last.isEmpty() || event.time().isAfter(last.get())) {
            last = Optional.of(event.time());
        }
        switch (event.body()) {
            case Body.Dns dns -> decided(event, new Attempt.Resolve(dns.name(), "A"));
            case Body.Connect connect -> connect(event, connect).ifPresent(attempt -> connected(event, attempt));
            case Body.Exec exec -> decided(event, exec(exec));
            case Body.Flow flow -> flow(event, flow);
            case Body.Control control -> {
                if (control.operation().equals("start")) {
                    starts.add(event.id());
                }
                endings.control(event.run(), control);
            }
            case Body.Http _,
                    Body.Spend _,
                    Body.Payload _,
                    Body.Model _,
                    Body.Tool _,
                    Body.FileAccess _,
                    Body.Resource _,
                    Body.Finding _ -> {}
        }
    }

    /** Different attempts that were allowed, in the order in which they came first. */
    Map<Attempt, Use> allowed() {
        return allowed;
    }

    Map<Attempt, Refusal> refused() {
        return refused;
    }

    /** Attempts that were not kept because there were too many different ones. */
    long beyond() {
        return beyond;
    }

    /** Bytes that were sent to the outside. */
    long sent() {
        return sent;
    }

    Endings endings() {
        return endings;
    }

    /** The time of the earliest event; empty if there was none. */
    public Optional<Instant> first() {
        return first;
    }

    /** The time of the latest event; empty if there was none. */
    public Optional<Instant> last() {
        return last;
    }

    private void connected(Event event, Attempt attempt) {
        decided(event, attempt);
        if (event.decision() != null && event.decision().allowed() && attempt instanceof Attempt.Connect connect) {
            connects.put(event.id(), connect);
        }
    }

    private void decided(Event event, Attempt attempt) {
        Decision decision = event.decision();
        if (decision != null && decision.allowed()) {
            use(attempt).ifPresent(use -> use.users().add(who(event), event.time()));
        } else if (decision != null && decision.verdict() == Decision.Verdict.DENY) {
            refuse(event, attempt, decision);
        }
    }

    /** What Pawl itself started, the command that was ordered, nobody else did. */
    private @Nullable ProcessInfo who(Event event) {
        boolean ordered = event.body() instanceof Body.Exec && event.cause() != null && starts.contains(event.cause());
        return ordered ? null : event.process();
    }

    private void refuse(Event event, Attempt attempt, Decision decision) {
        if (refused.containsKey(attempt) || refused.size() < MOST_REFUSED) {
            refused.computeIfAbsent(attempt, _ -> new Refusal(decision, new Users()))
                    .users()
                    .add(who(event), event.time());
        }
    }

    private Optional<Use> use(Attempt attempt) {
        Use known = allowed.get(attempt);
        if (known == null && allowed.size() >= MOST_ATTEMPTS) {
            beyond++;
            return Optional.empty();
        }
        return Optional.of(known == null ? allowed.computeIfAbsent(attempt, _ -> new Use()) : known);
    }

    private void flow(Event event, Body.Flow flow) {
        Attempt.Connect connect = event.cause() == null ? null : connects.get(event.cause());
        if (connect == null) {
            return;
        }
        Decision decision = event.decision();
        Optional<Protocol> spoken = decision == null ? spoken(flow) : Optional.empty();
        use(connect).ifPresent(use -> spoken.ifPresent(use.spoken()::add));
        Optional<Use> dialled = connect.host()
                .flatMap(host ->
                        literal(flow.address()).map(address -> new Attempt.Dial(host, address, flow.port(), false)))
                .flatMap(this::use);
        dialled.ifPresent(use -> spoken.ifPresent(use.spoken()::add));
        if (flow.closed() == null) {
            dialled.ifPresent(use -> use.users().add(who(event), event.time()));
            return;
        }
        connects.remove(event.cause());
        sent += Math.max(0, flow.sent());
        if (decision != null && decision.verdict() == Decision.Verdict.DENY) {
            refuse(event, connect, decision);
        }
    }

    /** Nothing is known of a flow before its end, nor of one in which nobody spoke. */
    private static Optional<Protocol> spoken(Body.Flow flow) {
        if (flow.closed() == null || flow.sent() + flow.received() <= 0) {
            return Optional.empty();
        }
        String speaks = flow.spoken().speaks();
        if (speaks != null) {
            return Optional.of(protocol(speaks));
        }
        // What is recorded without saying what was spoken was its grant's, or may have been anything.
        Protocol granted = protocol(flow.protocol());
        return granted == Protocol.TCP || flow.sent() > 0 ? Optional.of(granted) : Optional.empty();
    }

    private static Protocol protocol(String word) {
        return Arrays.stream(Protocol.values())
                .filter(each -> each.text().equals(word))
                .findFirst()
                .orElse(Protocol.TCP);
    }

    private static Optional<Attempt> connect(Event event, Body.Connect connect) {
        if (connect.transport().equals("unix")) {
            boolean inside = event.decision() != null && event.decision().allowed();
            return Optional.of(new Attempt.LocalConnect(connect.address(), inside));
        }
        Attempt.Transport transport = connect.transport().equals("udp") ? Attempt.Transport.UDP : Attempt.Transport.TCP;
        @Nullable String host = connect.host();
        // Behind a name stands an address that was made up for one run and says nothing.
        return (host == null ? literal(connect.address()) : Optional.of(InetAddress.ofLiteral("0.0.0.0")))
                .map(address -> new Attempt.Connect(transport, Optional.ofNullable(host), address, connect.port()));
    }

    private Attempt exec(Body.Exec exec) {
        String file = exec.file() == null ? "" : exec.file();
        String name = file.isEmpty() ? exec.exe() : file;
        Attempt attempt = new Attempt.Exec(new ProcessInfo(0, 0, name, exec.argv(), "", ""), file);
        if (allowed.containsKey(attempt) || refused.containsKey(attempt)) {
            return attempt;
        }
        boolean many = calls.merge(name, 1, Integer::sum) > MOST_CALLS;
        return many ? new Attempt.Exec(new ProcessInfo(0, 0, name, MANY_WAYS, "", ""), file) : attempt;
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
