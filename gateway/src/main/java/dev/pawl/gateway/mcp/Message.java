package dev.pawl.gateway.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One message of JSON-RPC 2.0, as every reader takes it; what readers could take in two ways is {@link Unreadable}. */
sealed interface Message {
    /** Something is to be done and answered. */
    record Request(Id id, String method, Params params) implements Message {}

    /** Something is said that nobody answers. */
    record Notification(String method, Params params) implements Message {}

    /** The answer to a request. */
    record Answer(Id id, Result result) implements Message {}

    /**
     * No message, or one that can be read in two ways.
     *
     * @param id of the request it would be, where that could be read
     * @param reason a sentence without what it holds
     */
    record Unreadable(Optional<Id> id, String reason) implements Message {}

    /**
     * What a request gives.
     *
     * @param json of all of it, {@code {}} where there is none
     * @param named each member but {@code _meta}: a text as it is, anything else as JSON
     * @param name of a tool, empty where it is no text
     * @param call what stands under {@code arguments}; {@code {}} where there is none
     */
    record Params(String json, Map<String, String> named, Optional<String> name, Arguments call) {
        static final Params NONE = new Params("{}", Map.of(), Optional.empty(), Arguments.NONE);
    }

    /**
     * Arguments of a call.
     *
     * @param whole whether they are an object, or none
     */
    record Arguments(String json, Map<String, String> named, boolean whole) {
        static final Arguments NONE = new Arguments("{}", Map.of(), true);
    }

    /**
     * What came of a request.
     *
     * @param error code of an error, empty for a result
     * @param failed whether a tool says that it failed
     * @param tools what stands under {@code tools}, in order; empty where that is no list of objects with names
     */
    record Result(Optional<String> error, boolean failed, List<Listed> tools) {
        /** In a word. */
        String outcome() {
            return error.map(code -> "error " + code).orElse(failed ? "failed" : "answered");
        }
    }

    /**
     * A tool in a list, and where its description stands in the text of the message.
     *
     * @param json the description as it was sent
     */
    record Listed(String name, int from, int to, String json) {}
}
