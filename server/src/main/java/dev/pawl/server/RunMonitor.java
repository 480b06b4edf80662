package dev.pawl.server;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.EventSink;
import dev.pawl.core.Holding;
import dev.pawl.core.Matter;
import dev.pawl.core.Monitor;
import dev.pawl.core.Policy;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.RecordFull;
import dev.pawl.core.Ulid;
import dev.pawl.server.approvals.Ask;
import dev.pawl.server.approvals.Asks;
import dev.pawl.server.calls.ToolLinks;
import java.net.InetAddress;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides and records for one run. Thread-safe; never throws.
 *
 * <p>An attempt is allowed only once the event that says so is written; where the record has no room for it ({@link
 * RecordFull}), it is denied. The first event that cannot be written ends
 * that: from then on every attempt is denied and {@code onBroken} is called, once, to stop the run. Events stand in the
 * file in the order of their ids.
 */
public final class RunMonitor implements Monitor {
    private static final Decision UNRECORDED =
            new Decision(Decision.Verdict.DENY, "record-failed", null, "the attempt could not be recorded", "ledger");

    private static final Decision NO_ROOM = new Decision(
            Decision.Verdict.DENY,
            "record-full",
            null,
            "the record has no room for it: the run is frozen until there is room and a person resumes it",
            "ledger");

    private static final Decision FAILED = Decision.deny("policy-error", null, "the policy failed");

    private static final Decision CANNOT_WAIT = Decision.deny(
            "ask.failed", null, "a person would have to be asked, and what is tried here cannot wait for her");

    private final Policy policy;
    private final Asks asks;
    private final EventSink sink;
    private final Ulid ids;
    private final Clock clock;
    private final String agent;
    private final String run;
    private final Runnable onBroken;
    private final Lineage lineage;
    private final Causes causes;
    private final ToolLinks calls = new ToolLinks();
    private final Denials denials = new Denials();
    private final ReentrantLock order = new ReentrantLock();
    private volatile @Nullable String root;
    private volatile boolean broken;

    /**
     * Makes the monitor of one run. Its first recorded event of kind control and operation start becomes the cause of
     * whatever has no nearer one.
     *
     * @param asks takes what a person has to agree to
     * @param onBroken called once, by the thread of the attempt that could not be recorded; must not block
     */
    public RunMonitor(
            Policy policy,
            Asks asks,
            EventSink sink,
            Ulid ids,
            Clock clock,
            String agent,
            String run,
            Lineage lineage,
            Runnable onBroken) {
        this.policy = policy;
        this.asks = asks;
        this.sink = sink;
        this.ids = ids;
        this.clock = clock;
        this.agent = agent;
        this.run = run;
        this.onBroken = onBroken;
        this.lineage = lineage;
        this.causes = new Causes(lineage);
    }

    @Override
    public Judged judge(Attempt attempt, @Nullable ProcessInfo process) {
        Decision decision = decide(policy, attempt);
        return settled(attempt, process, asks(decision) ? CANNOT_WAIT : decision, null, List.of());
    }

    @Override
    public Verdict judge(Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding) {
        return judged(attempt, process, cause, holding, decide(policy, attempt));
    }

    private Verdict judged(
            Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding, Decision decision) {
        Judged now = settled(attempt, process, decision, cause, List.of());
        if (!asks(now.decision())) {
            return new Verdict(now, Optional.empty());
        }
        Later later = new Later();
        Ask ask = new Ask(
                attempt,
                decision,
                now.event(),
                holding,
                () -> decide(policy, attempt),
                () -> later.waits() && holding.waits(),
                outcome -> later.bring(settled(attempt, process, outcome.decision(), now.event(), outcome.only())));
        try {
            asks.ask(ask);
        } catch (RuntimeException | Error e) {
            later.bring(settled(attempt, process, failed(e), now.event(), List.of()));
        }
        return new Verdict(now, Optional.of(later));
    }

    private static boolean asks(Decision decision) {
        return decision.verdict() == Decision.Verdict.ASK;
    }

    /** Records a decision, and with it what follows from it. {@code cause} is null to derive it from the process. */
    private Judged settled(
            Attempt attempt,
            @Nullable ProcessInfo process,
            Decision given,
            @Nullable String cause,
            List<InetAddress> only) {
        Decision decision = given;
        String event = "";
        try {
            ProcessInfo who = who(attempt, process);
            boolean derived = cause == null || attempt instanceof Attempt.Exec;
            Causes.Found known = derived ? find(who) : Causes.Found.NOTHING;
            Causes.Found found =
                    attempt instanceof Attempt.Exec(ProcessInfo program, String _) ? called(program, known) : known;
            String led = cause == null ? found.cause() : cause;
            try {
                event = append(AttemptBody.of(attempt, decision, process, clock.instant()), who, led, decision);
            } catch (RecordFull e) {
                decision = NO_ROOM;
                event = append(AttemptBody.of(attempt, decision, process, clock.instant()), who, led, decision);
            }
            if (event.isEmpty()) {
                decision = UNRECORDED;
            } else if (decision.allowed() && attempt instanceof Attempt.Exec(ProcessInfo program, String _)) {
                causes.started(program, process, event, found);
            }
        } catch (Throwable e) {
            breakOff();
            decision = UNRECORDED;
        }
        return told(attempt, process, decision, event, only);
    }

    /** What whoever tried it gets, once it is on record. */
    private Judged told(
            Attempt attempt, @Nullable ProcessInfo process, Decision decision, String event, List<InetAddress> only) {
        if (decision.denied()) {
            denials.add(attempt, decision, process, event);
        }
        return new Judged(decision, event, only);
    }

    /**
     * {@inheritDoc} Policy files are looked at once, after all of it came, and entries that need nothing but each other's
     * company are written as one.
     */
    @Override
    public List<Matter.Outcome> all(List<Matter> matters) {
        Policy now = now();
        List<Matter.Outcome> outcomes = new ArrayList<>(matters.size());
        List<Draft> company = new ArrayList<>(matters.size());
        for (Matter matter : matters) {
            Draft draft = Draft.of(matter, attempt -> decide(now, attempt));
            if (draft.alone()) {
                together(company, outcomes);
                company.clear();
                outcomes.add(alone(draft));
            } else {
                company.add(draft);
            }
        }
        together(company, outcomes);
        return outcomes;
    }

    private Policy now() {
        try {
            return Objects.requireNonNull(policy.now());
        } catch (Throwable e) {
            Decision denied = failed(e);
            return _ -> denied;
        }
    }

    private void together(List<Draft> drafts, List<Matter.Outcome> outcomes) {
        List<String> events = List.of();
        try {
            events = append(drafts);
        } catch (RecordFull e) {
            // None was taken. There may be room for one, and a denial needs none.
            drafts.forEach(draft -> outcomes.add(alone(draft)));
            return;
        } catch (Throwable e) {
            breakOff();
        }
        for (int i = 0; i < drafts.size(); i++) {
            outcomes.add(written(drafts.get(i), events.isEmpty() ? "" : events.get(i)));
        }
    }

    private Matter.Outcome alone(Draft draft) {
        return switch (draft.matter()) {
            case Matter.Tried(Attempt attempt, ProcessInfo process, String cause, Holding holding) ->
                new Matter.Outcome.Judged(
                        judged(attempt, process, cause, holding, Objects.requireNonNull(draft.decision())));
            case Matter.Happened(Body body, ProcessInfo process, String cause, Decision decision) ->
                new Matter.Outcome.Recorded(record(body, process, cause, decision));
        };
    }

    /** {@code event} is empty where it could not be written. */
    private Matter.Outcome written(Draft draft, String event) {
        return switch (draft.matter()) {
            case Matter.Tried(Attempt attempt, ProcessInfo process, String _, Holding _) -> {
                Decision decision = event.isEmpty() ? UNRECORDED : Objects.requireNonNull(draft.decision());
                yield new Matter.Outcome.Judged(
                        new Verdict(told(attempt, process, decision, event, List.of()), Optional.empty()));
            }
            case Matter.Happened(Body body, ProcessInfo process, String cause, Decision decision) ->
                new Matter.Outcome.Recorded(noted(body, process, cause, decision, event));
        };
    }

    @Override
    public String record(
            Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision) {
        try {
            String led = cause == null ? find(process).cause() : cause;
            return noted(body, process, led, decision, append(body, process, led, decision));
        } catch (Throwable e) {
            breakOff();
            return "";
        }
    }

    /** Notes what follows from what was recorded. */
    private String noted(
            Body body, @Nullable ProcessInfo process, @Nullable String led, @Nullable Decision decision, String event) {
        try {
            if (body instanceof Body.Tool tool && tool.server().equals(Body.Tool.MODEL)) {
                calls.made(event, led == null ? "" : led, process == null ? 0 : process.pid(), tool.arguments());
            }
            if (root == null
                    && body instanceof Body.Control control
                    && control.operation().equals("start")) {
                root = event;
            }
            if (decision != null && decision.denied()) {
                AttemptBody.attempt(body).ifPresent(attempt -> denials.add(attempt, decision, process, event));
            }
            return event;
        } catch (Throwable e) {
            breakOff();
            return "";
        }
    }

    /** What was denied so far, most frequent first; at most {@value Denials#MAX_GROUPS} different ones. */
    public List<Denial> denials() {
        return denials.all();
    }

    /** Denials that {@link #denials} leaves out because there were too many different ones. */
    public long denialsBeyond() {
        return denials.beyond();
    }

    private static Decision decide(Policy by, Attempt attempt) {
        try {
            return Objects.requireNonNull(by.decide(attempt));
        } catch (Throwable e) {
            return failed(e);
        }
    }

    /** Made ahead for the case that even saying what failed fails. */
    private static Decision failed(Throwable e) {
        try {
            return Decision.deny(FAILED.rule(), null, FAILED.because() + ": " + e);
        } catch (Throwable again) {
            return FAILED;
        }
    }

    /** Who tries to start a program is the process with its old image; where that is unknown, the new one stands in. */
    private static @Nullable ProcessInfo who(Attempt attempt, @Nullable ProcessInfo process) {
        return process == null && attempt instanceof Attempt.Exec(ProcessInfo program, String _) ? program : process;
    }

    /** What nothing nearer caused comes from the start of the run. */
    private Causes.Found find(@Nullable ProcessInfo process) {
        Causes.Found found = process == null ? Causes.Found.NOTHING : causes.of(process);
        return found.cause() == null ? found.causedBy(root) : found;
    }

    /** Whether a model's tool call made this program start; what no call fits keeps its cause. */
    private Causes.Found called(ProcessInfo program, Causes.Found found) {
        if (calls.none()) {
            return found;
        }
        Optional<String> call = found.listens()
                ? calls.fed(program.argv(), found.call() == null ? "" : found.call())
                : Optional.empty();
        return call.or(() -> calls.of(program, found.call() != null))
                .or(() -> found.call() == null ? written(program) : Optional.empty())
                .map(found::calledBy)
                .orElse(found);
    }

    /** The call that wrote what this program runs: itself, or what it is told to run. */
    private Optional<String> written(ProcessInfo program) {
        return ToolLinks.scripts(program)
                .flatMap(path -> lineage.script(program.pid(), path).stream())
                .flatMap(script -> calls.wrote(script).stream())
                .findFirst();
    }

    /** Returns the event's id, or an empty text where it could not be written. */
    private String append(Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision)
            throws Exception {
        List<String> events = append(List.of(new Draft(new Matter.Happened(body, process, cause, decision), decision)));
        return events.isEmpty() ? "" : events.getFirst();
    }

    /** Returns the events' ids, or nothing where they could not be written. */
    private List<String> append(List<Draft> drafts) throws Exception {
        order.lock();
        try {
            if (broken || drafts.isEmpty()) {
                return List.of();
            }
            List<Event> events = new ArrayList<>(drafts.size());
            List<String> named = new ArrayList<>(drafts.size());
            for (Draft draft : drafts) {
                String id = ids.next();
                named.add(id);
                events.add(draft.event(id, clock.instant().truncatedTo(ChronoUnit.MICROS), agent, run));
            }
            sink.append(events);
            return named;
        } finally {
            order.unlock();
        }
    }

    private void breakOff() {
        order.lock();
        try {
            if (broken) {
                return;
            }
            broken = true;
        } finally {
            order.unlock();
        }
        try {
            onBroken.run();
        } catch (RuntimeException e) {
            System.err.println("pawl: the run could not be stopped after its record failed: " + e);
        }
    }
}
