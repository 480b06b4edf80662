package dev.pawl.gateway.mcp;

import dev.pawl.core.Attempt;
import java.util.Optional;
import java.util.Set;

/** Which requests need a decision, and as what. Immutable and thread-safe. */
final class Calls {
    /** How a tool is called. */
    static final String TOOL = "tools/call";

    /**
     * What only asks what there is, or belongs to a call that was decided. All else is done by the server, and decided: also
     * what a later version of the protocol adds.
     */
    private static final Set<String> FREE = Set.of(
            "initialize",
            "ping",
            "server/discover",
            "subscriptions/listen",
            "logging/setLevel",
            "tools/list",
            "resources/list",
            "resources/templates/list",
            "prompts/list",
            "tasks/get",
            "tasks/list",
            "tasks/result",
            "tasks/update",
            "tasks/cancel");

    /** Stands before the name of what is no tool. */
    private static final String OTHER = "@";

    private Calls() {}

    /** Whether a request calls a tool. */
    static boolean isTool(Message.Request request) {
        return request.method().equals(TOOL);
    }

    /** What has to be decided; empty where the request may go on. */
    static Optional<Attempt.Tool> attempt(String server, Message.Request request) {
        if (FREE.contains(request.method())) {
            return Optional.empty();
        }
        Message.Params params = request.params();
        return Optional.of(
                isTool(request)
                        ? new Attempt.Tool(
                                server,
                                params.name().orElse(""),
                                params.call().json(),
                                params.call().named())
                        : new Attempt.Tool(server, OTHER + request.method(), params.json(), params.named()));
    }

    /** Why a call cannot be decided; empty where it can. */
    static Optional<String> unreadable(Message.Request request) {
        if (!isTool(request)) {
            return Optional.empty();
        }
        if (request.params().name().filter(name -> !name.isEmpty()).isEmpty()) {
            return Optional.of("it calls a tool and does not say which");
        }
        if (request.params().name().orElseThrow().startsWith(OTHER)) {
            return Optional.of("no tool's name begins with " + OTHER);
        }
        return request.params().call().whole() ? Optional.empty() : Optional.of("its arguments are no object");
    }
}
