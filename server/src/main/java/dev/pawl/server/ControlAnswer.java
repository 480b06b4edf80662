package dev.pawl.server;

import dev.pawl.core.RunControl;
import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import dev.pawl.ledger.JsonOut;

/** What came back from a control socket. */
public sealed interface ControlAnswer {
    /** The run lives. {@code state} as in {@link RunControl#state}. */
    record Status(String state, int processes) implements ControlAnswer {}

    /** The run was stopped, or tried to. */
    record Stopped(RunControl.Stopped stopped) implements ControlAnswer {}

    /** The run was frozen or resumed. */
    record Held(RunControl.Held held) implements ControlAnswer {}

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
        };
    }

    private static double millis(JsonObject answer, String name) {
        return answer.decimal(name).orElseThrow(() -> new JsonFault(name + " is missing"));
    }
}
