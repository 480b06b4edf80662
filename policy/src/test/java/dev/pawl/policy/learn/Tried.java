package dev.pawl.policy.learn;

import dev.pawl.core.Attempt;
import dev.pawl.core.Attempt.Transport;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.OpenPolicy;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.PolicyEngine;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run that is tried without a sandbox: attempts are decided by an open policy and become the events of a record. */
final class Tried {
    static final Instant BEGIN = Instant.parse("2026-11-22T05:00:00Z");

    final Observations seen = new Observations();
    final List<Attempt> allowed = new ArrayList<>();
    final List<Attempt> refused = new ArrayList<>();
    private final PolicyEngine engine;
    private ProcessInfo process = new ProcessInfo(41, 40, "/usr/bin/curl", List.of("curl", "-s"), "/w", "dev");
    private Instant now = BEGIN;
    private int ids;

    Tried(PolicyBundle base) throws CharterException {
        engine = PolicyEngine.of(OpenPolicy.of(base));
        record(new Body.Control("start", "dev", null, "agent"), null, null);
    }

    Tried by(ProcessInfo who) {
        process = who;
        return this;
    }

    Tried at(Instant time) {
        now = time;
        return this;
    }

    Tried resolve(String name) {
        Attempt attempt = new Attempt.Resolve(name, "A");
        Decision decision = decide(attempt);
        record(new Body.Dns(name, "A", List.of(), decision.allowed() ? "NOERROR" : "NXDOMAIN"), null, decision);
        return this;
    }

    /** {@code speaks} is what flows over it; null where nothing does. */
    Tried host(String name, int port, @Nullable String speaks) {
        resolve(name);
        return host(name, port, speaks, "203.0.113.7");
    }

    Tried host(String name, int port, @Nullable String speaks, String leads) {
        Attempt.Connect attempt =
                new Attempt.Connect(Transport.TCP, Optional.of(name), InetAddress.ofLiteral("0.0.0.0"), port);
        Decision decision = decide(attempt);
        String id = record(new Body.Connect("tcp", name, "198.18.0.1", port), null, decision);
        flow(id, decision, name, leads, port, speaks);
        return this;
    }

    Tried address(String address, int port, @Nullable String speaks) {
        InetAddress parsed = InetAddress.ofLiteral(address);
        Decision decision = decide(new Attempt.Connect(Transport.TCP, Optional.empty(), parsed, port));
        String id = record(new Body.Connect("tcp", null, parsed.getHostAddress(), port), null, decision);
        flow(id, decision, null, address, port, speaks);
        return this;
    }

    Tried udp(String address, int port) {
        InetAddress parsed = InetAddress.ofLiteral(address);
        Decision decision = decide(new Attempt.Connect(Transport.UDP, Optional.empty(), parsed, port));
        record(new Body.Connect("udp", null, address, port), null, decision);
        return this;
    }

    Tried exec(@Nullable String file, String... argv) {
        ProcessInfo program = new ProcessInfo(42, 41, argv[0], List.of(argv), "/w", "dev");
        Decision decision = decide(new Attempt.Exec(program, file == null ? "" : file));
        Body.Parent parent = new Body.Parent(41, "/usr/bin/bash", List.of("bash"));
        record(new Body.Exec(argv[0], List.of(argv), "/w", parent, file), null, decision);
        return this;
    }

    Tried ends(String actor, int code) {
        record(new Body.Control("end", actor, null, "exit code " + code), null, null);
        return this;
    }

    Tried control(String operation) {
        record(new Body.Control(operation, "root", null, null), null, null);
        return this;
    }

    private void flow(
            String cause, Decision decision, @Nullable String host, String address, int port, @Nullable String speaks) {
        if (!decision.allowed()) {
            return;
        }
        String real = InetAddress.ofLiteral(address).getHostAddress();
        record(new Body.Flow("f" + cause, host, real, port, "tcp", 0, 0, now, null), cause, null);
        int sent = speaks == null ? 0 : 10;
        record(
                new Body.Flow("f" + cause, host, real, port, "tcp", sent, sent, now, now, Body.Spoken.as(speaks)),
                cause,
                null);
    }

    private Decision decide(Attempt attempt) {
        Decision decision = engine.decide(attempt);
        (decision.allowed() ? allowed : refused).add(attempt);
        return decision;
    }

    private String record(Body body, @Nullable String cause, @Nullable Decision decision) {
        String id = "e" + ids++;
        seen.accept(new Event(id, now, "fixer", "r-aaaaaaaa", cause, process, body, decision));
        return id;
    }
}
