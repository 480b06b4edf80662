package dev.pawl.server;

import dev.pawl.core.RunControl;
import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import dev.pawl.ledger.JsonOut;
import java.util.List;
import java.util.Optional;

/** What came back from a control socket. */
public sealed interface ControlAnswer {
    /** The run lives. {@code state} as in {@link RunControl#state}. */
    record Status(String state, int processes) implements ControlAnswer {}

    /** The run was stopped, or tried to. */
    record Stopped(RunControl.Stopped stopped) implements ControlAnswer {}

    /** The run was frozen or resumed. */
    record Held(RunControl.Held held) implements ControlAnswer {}

    /**
     * Open questions as JSON, oldest first.
     *
     * @param more questions that are left out because there is no room
     * @param ended for each of the last that are not open any more: its id, a blank and what became of it
     */
    record Questions(List<String> lines, int more, List<String> ended) implements ControlAnswer {
        public Questions {
            lines = List.copyOf(lines);
            ended = List.copyOf(ended);
        }
    }

    /** A yes or no counts. {@code said} tells what it did; {@code grant} is what to add to the charter, if asked for. */
    record Answered(String said, Optional<String> grant) implements ControlAnswer {}

    /** The run answered that it will not or cannot. */
    record Refused(String reason) implements ControlAnswer {}

    /** No answer came in time, or none that can be read. */
    record Silent(String reason) implements ControlAnswer {}

    /** This answer as one JSON line. */
    default byte[] line() {
        return switch (this) {
            case Status(String state, int processes) ->
                ok().text("state", state).number("processes", processes).line();
            case Stopped(RunControl.Stopped stopped) ->
                ok().decimal("flows_ms", stopped.flowsMillis())
                        .decimal("killed_ms", stopped.killedMillis())
                        .decimal("verified_ms", stopped.verifiedMillis())
                        .number("processes", stopped.processes())
                        .numbers("left", stopped.left())
                        .line();
            case Held(RunControl.Held held) ->
                ok().decimal("took_ms", held.tookMillis())
                        .number("processes", held.processes())
                        .text("means", held.means())
                        .line();
            case Questions(List<String> lines, int more, List<String> ended) ->
                ok().texts("questions", lines)
                        .number("more", more)
                        .texts("ended", ended)
                        .line();
            case Answered(String said, Optional<String> grant) ->
                ok().text("said", said).text("grant", grant.orElse(null)).line();
            case Refused(String reason) -> refusal(reason);
            case Silent(String reason) -> refusal(reason);
        };
    }

    private static JsonOut ok() {
        return new JsonOut().flag("ok", true);
    }

    private static byte[] refusal(String reason) {
        return new JsonOut().flag("ok", false).text("error", reason).line();
    }

    /** Reads the answer to an order. Never throws. */
    static ControlAnswer parse(ControlOrder order, JsonObject.Parsed parsed) {
        return switch (parsed) {
            case JsonObject.Malformed(String reason) -> new Silent("an answer that cannot be read: " + reason);
            case JsonObject.Whole(JsonObject answer) -> {
                try {
                    yield answer.flag("ok") ? read(order, answer) : new Refused(answer.text("error"));
                } catch (JsonFault e) {
                    yield new Silent("an answer that cannot be read: " + e.getMessage());
                }
            }
        };
    }

    private static ControlAnswer read(ControlOrder order, JsonObject answer) {
        return switch (order) {
            case STATUS -> new Status(answer.text("state"), answer.integer("processes"));
            case STOP ->
                new Stopped(new RunControl.Stopped(
                        millis(answer, "flows_ms"),
                        millis(answer, "killed_ms"),
                        millis(answer, "verified_ms"),
                        answer.integer("processes"),
                        answer.integers("left")));
            case FREEZE, RESUME ->
                new Held(new RunControl.Held(
                        millis(answer, "took_ms"), answer.integer("processes"), answer.text("means")));
            case APPROVALS -> new Questions(answer.texts("questions"), answer.integer("more"), answer.texts("ended"));
            case APPROVE, REFUSE -> new Answered(answer.text("said"), answer.optionalText("grant"));
        };
    }

    private static double millis(JsonObject answer, String name) {
        return answer.decimal(name).orElseThrow(() -> new JsonFault(name + " is missing"));
    }
}
