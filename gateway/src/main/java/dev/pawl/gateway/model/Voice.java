package dev.pawl.gateway.model;

import dev.pawl.gateway.inspect.Problem;
import java.nio.charset.StandardCharsets;

/** A refusal in the shape in which a provider tells its errors, since clients of models read no other. */
record Voice(Wire wire) implements Problem.Voice {
    @Override
    public String type() {
        return "application/json";
    }

    @Override
    public String body(Problem problem) {
        String because = problem.denial().because();
        String next =
                problem.next().isEmpty() ? "" : (because.endsWith(".") ? " " : ". ") + "What to do: " + problem.next();
        return error(because + next, problem.status()) + "\n";
    }

    /** The last event of a stream that is cut. */
    byte[] event(String because) {
        String name = wire == Wire.MESSAGES ? "event: error\n" : "";
        return (name + "data: " + error(because, Metered.EXHAUSTED) + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    private String error(String message, int status) {
        StringBuilder json = new StringBuilder();
        switch (wire) {
            case RESPONSES, CHAT -> {
                Problem.member(json, "{\"error\":{", "message", message);
                Problem.member(json, ",", "type", "insufficient_quota");
                Problem.member(json, ",\"param\":null,", "code", "insufficient_quota");
                json.append("}}");
            }
            case MESSAGES -> {
                Problem.member(json, "{\"type\":\"error\",\"error\":{", "type", "rate_limit_error");
                Problem.member(json, ",", "message", message);
                json.append("}}");
            }
            case GENAI -> {
                json.append("{\"error\":{\"code\":").append(status);
                Problem.member(json, ",", "message", message);
                Problem.member(json, ",", "status", "RESOURCE_EXHAUSTED");
                json.append("}}");
            }
        }
        return json.toString();
    }
}
