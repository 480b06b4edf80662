package dev.pawl.gateway.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An answer while it comes in. Bounded. */
final class Draft {
    private static final int NAME = 256;

    private final Map<String, Call> calls = new LinkedHashMap<>();
    private @Nullable Usage usage;
    private String model;
    private boolean finished;

    private static final class Call {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
        private boolean whole;
        private boolean told;

        ToolCall made() {
            return new ToolCall(id, name, arguments.toString());
        }
    }

    /** {@code model} is the one the request asked for. */
    Draft(String model) {
        this.model = model;
    }

    void model(JsonNode name) {
        if (name.isString() && !name.asString().isEmpty()) {
            model = cut(name.asString(), NAME);
        }
    }

    void usage(Usage counted) {
        usage = counted;
    }

    Usage usage() {
        return usage == null ? Usage.NONE : usage;
    }

    /** All that follows is counts: its calls are whole. */
    void finish() {
        finished = true;
        close();
    }

    /** Nothing more comes, whether it should or not. */
    void close() {
        calls.values().forEach(call -> call.whole = true);
    }

    /** Nothing more is said of a call. */
    void whole(String key) {
        Call call = calls.get(key);
        if (call != null) {
            call.whole = true;
        }
    }

    /** The calls that are whole and were not told before. */
    List<ToolCall> told() {
        List<ToolCall> made = new ArrayList<>();
        for (Call call : calls.values()) {
            if (call.whole && !call.told) {
                call.told = true;
                made.add(call.made());
            }
        }
        return made;
    }

    /** Whether there is one. */
    boolean tells() {
        return calls.values().stream().anyMatch(call -> call.whole && !call.told);
    }

    /**
     * Says what is known of a call; absent and empty parts change nothing.
     *
     * @param key of the call within the answer
     */
    void call(String key, JsonNode id, JsonNode name) {
        Call call = calls.get(key);
        if (call == null) {
            if (calls.size() == ToolCall.MOST) {
                return;
            }
            call = new Call();
            calls.put(key, call);
        }
        if (id.isString() && !id.asString().isEmpty()) {
            call.id = cut(id.asString(), NAME);
        }
        if (name.isString() && !name.asString().isEmpty()) {
            call.name = cut(name.asString(), NAME);
        }
    }

    /** Adds to the arguments of a call that is known. */
    void more(String key, String part) {
        Call call = calls.get(key);
        if (call != null) {
            call.arguments.append(cut(part, ToolCall.LONGEST - call.arguments.length()));
        }
    }

    /** Sets the arguments of a call that is known, where there is something to set. */
    void arguments(String key, String all) {
        Call call = calls.get(key);
        if (call != null && !all.isEmpty()) {
            call.arguments.setLength(0);
            call.arguments.append(cut(all, ToolCall.LONGEST));
        }
    }

    /** JSON as text; text that holds JSON as it is. */
    static String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? "" : node.isString() ? node.asString() : node.toString();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    ModelTurn turn(Wire wire) {
        List<ToolCall> made = new ArrayList<>();
        calls.values().forEach(call -> made.add(call.made()));
        return new ModelTurn(wire, model, Optional.ofNullable(usage), made, finished);
    }
}
