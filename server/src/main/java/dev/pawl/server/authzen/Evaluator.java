package dev.pawl.server.authzen;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Monitor;
import dev.pawl.core.Terms;
import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import dev.pawl.ledger.JsonOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Answers evaluations for one agent by the policy of its charter. Thread-safe; never throws.
 *
 * <p>A payload that is no evaluation is an answer of status 400 and decides nothing. Whatever else goes wrong is a
 * decision, and it is no.
 */
public final class Evaluator {
    /** Section 10.1.1 of the specification. */
    public static final String EVALUATION = "/access/v1/evaluation";

    /** Section 10.1.2 of the specification. */
    public static final String EVALUATIONS = "/access/v1/evaluations";

    /** Evaluations in one payload. */
    static final int MOST = 100;

    private final String agent;
    private final Monitor monitor;
    private final Function<String, Optional<Terms>> termsOf;
    private final NextSteps nextSteps;
    private final Meanings meanings;

    /** What to do after a denial. */
    @FunctionalInterface
    public interface NextSteps {
        /** A sentence or two. */
        String of(Optional<Attempt> attempt, Decision denial);
    }

    /** What is answered: the status of HTTP and one JSON object. */
    public record Reply(int status, String json) {
        private Reply(int status, JsonOut out) {
            this(status, new String(out.line(), UTF_8));
        }
    }

    /** One decision and what it was made of. */
    private record Answer(Decision decision, String event, String next) {}

    /**
     * @param agent the only subject there is
     * @param monitor decides and records
     * @param termsOf what may flow under a rule, by its id
     * @param user account in whose name programs would start
     */
    public Evaluator(
            String agent,
            Monitor monitor,
            Function<String, Optional<Terms>> termsOf,
            NextSteps nextSteps,
            String user) {
        this.agent = agent;
        this.monitor = monitor;
        this.termsOf = termsOf;
        this.nextSteps = nextSteps;
        this.meanings = new Meanings(user);
    }

    /** Answers what was posted to {@link #EVALUATION} or {@link #EVALUATIONS}. */
    public Reply answer(String path, byte[] body) {
        try {
            return switch (JsonObject.parse(body)) {
                case JsonObject.Malformed(String reason) -> refused(400, reason);
                case JsonObject.Whole(JsonObject object) -> path.equals(EVALUATIONS) ? batch(object) : single(object);
            };
        } catch (JsonFault e) {
            return refused(400, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            return refused(500, "the evaluation failed, which is a no");
        }
    }

    /** An error of the whole payload. */
    public static Reply refused(int status, String reason) {
        return new Reply(
                status,
                new JsonOut()
                        .begin("error")
                        .number("status", status)
                        .text("message", reason)
                        .end());
    }

    private Reply single(JsonObject object) {
        Answer answer = decide(Tuple.of(object, JsonObject.EMPTY));
        JsonOut out = new JsonOut();
        write(out, answer);
        return new Reply(200, out);
    }

    /** Section 7. All have to be well-formed before the first is decided, so that no part of a faulty payload counts. */
    private Reply batch(JsonObject object) {
        List<JsonObject> items = object.objects("evaluations");
        if (items.isEmpty()) {
            return single(object);
        }
        if (items.size() > MOST) {
            throw new JsonFault("evaluations holds more than " + MOST);
        }
        Semantic semantic = Semantic.of(object.object("options").orElse(JsonObject.EMPTY));
        List<Tuple> tuples = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            try {
                tuples.add(Tuple.of(items.get(i), object));
            } catch (JsonFault e) {
                throw new JsonFault("evaluations[" + i + "]: " + e.getMessage());
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (Tuple tuple : tuples) {
            Answer answer = decide(tuple);
            answers.add(answer);
            if (semantic.endsAt(answer.decision().allowed())) {
                break;
            }
        }
        return new Reply(200, new JsonOut().objects("evaluations", answers, Evaluator::write));
    }

    private Answer decide(Tuple tuple) {
        Tuple.Subject subject = tuple.subject();
        if (!subject.type().equals("agent") || !subject.id().equals(agent)) {
            return unclear(tuple, "this endpoint decides for the agent " + agent + " alone");
        }
        return switch (meanings.of(tuple)) {
            case Meaning.Unclear(String reason) -> unclear(tuple, reason);
            case Meaning.Attempts(List<Attempt> parts) -> all(parts, (_, _) -> true);
            case Meaning.Fetch(Attempt.Connect connect, Attempt.Request request) ->
                all(List.of(connect, request), (attempt, before) -> attempt.equals(connect) || read(before));
        };
    }

    /** Whether requests under the grant that allowed a connection are judged one by one. */
    private boolean read(Decision connection) {
        return termsOf.apply(connection.rule())
                .map(terms -> terms.inspection().isPresent())
                .orElse(true);
    }

    /** Judges one after the other until one is denied; some only if the decision before them says so. */
    private Answer all(List<Attempt> parts, BiPredicate<Attempt, Decision> judged) {
        Monitor.Judged last = monitor.judge(parts.getFirst(), null);
        Attempt tried = parts.getFirst();
        for (Attempt part : parts.subList(1, parts.size())) {
            if (last.decision().allowed() && judged.test(part, last.decision())) {
                last = monitor.judge(part, null);
                tried = part;
            }
        }
        String next = last.decision().allowed() ? "" : nextSteps.of(Optional.of(tried), last.decision());
        return new Answer(last.decision(), last.event(), next);
    }

    private Answer unclear(Tuple tuple, String reason) {
        Decision denial = Decision.deny("unclear", null, reason);
        String asked = tuple.subject().type() + " " + tuple.subject().id() + ": "
                + tuple.action().name() + " " + tuple.resource().type() + " "
                + tuple.resource().id();
        String event = monitor.record(new Body.Control("authzen", "client", null, asked), null, null, denial);
        return new Answer(denial, event, "");
    }

    private static void write(JsonOut out, Answer answer) {
        Decision decision = answer.decision();
        // Nobody may act on what the record does not hold.
        boolean allowed = decision.allowed() && !answer.event().isEmpty();
        out.flag("decision", allowed)
                .begin("context")
                .text("reason", decision.because())
                .text("rule", decision.rule())
                .text("boundary", decision.boundary())
                .text("next", answer.next().isEmpty() ? null : answer.next())
                .text("event", answer.event().isEmpty() ? null : answer.event())
                .end();
    }
}
