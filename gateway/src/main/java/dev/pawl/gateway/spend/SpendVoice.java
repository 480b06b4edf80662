package dev.pawl.gateway.spend;

import dev.pawl.gateway.inspect.Problem;
import java.util.Locale;

/**
 * A refusal in the shape in which a provider tells its errors: some clients read no other, and one takes any JSON without a
 * code for a success.
 */
enum SpendVoice implements Problem.Voice {
    /** EC2's own. */
    EC2("text/xml"),
    /** AWS's services with forms. */
    AWS_QUERY("text/xml"),
    AWS_JSON("application/json"),
    ALIBABA("application/json"),
    GOOGLE("application/json"),
    AZURE("application/json"),
    STRIPE("application/json"),
    OPENAI("application/json"),
    ANTHROPIC("application/json"),
    GRAPHQL("application/json"),
    KUBERNETES("application/json"),
    /** Of who has no shape that a client would show better. */
    PLAIN("application/problem+json");

    private static final int LONGEST = 900;

    private final String type;

    SpendVoice(String type) {
        this.type = type;
    }

    /** That of a service's clients, by how they called. */
    static SpendVoice of(Group group, Call call) {
        return switch (group.provider()) {
            case "aws" ->
                group.way() != Group.Way.NAMED
                                || !call.named().isEmpty()
                                || call.type().contains("json")
                        ? AWS_JSON
                        : group.name().equals("ec2") ? EC2 : AWS_QUERY;
            case "alibaba" -> ALIBABA;
            case "google" -> GOOGLE;
            case "azure" -> AZURE;
            case "stripe" -> STRIPE;
            case "openai" -> OPENAI;
            case "anthropic" -> ANTHROPIC;
            case "kubernetes" -> KUBERNETES;
            default -> group.way() == Group.Way.GRAPHQL ? GRAPHQL : PLAIN;
        };
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public String body(Problem problem) {
        String message = problem.denial().because()
                + (problem.next().isEmpty() ? "" : " What to do: " + problem.next())
                + " (" + problem.denial().rule()
                + (problem.denial().boundary() == null
                        ? ""
                        : ", " + problem.denial().boundary()) + ")";
        return switch (this) {
            case EC2 ->
                "<Response><Errors><Error><Code>PawlDenied</Code><Message>" + xml(message)
                        + "</Message></Error></Errors><RequestID>" + xml(problem.event()) + "</RequestID></Response>\n";
            case AWS_QUERY ->
                "<ErrorResponse><Error><Type>Sender</Type><Code>PawlDenied</Code><Message>" + xml(message)
                        + "</Message></Error><RequestId>" + xml(problem.event()) + "</RequestId></ErrorResponse>\n";
            case AWS_JSON -> json("{", "__type", "PawlDenied", ",", "message", message) + "}\n";
            case ALIBABA ->
                json("{", "Code", "PawlDenied", ",", "Message", message, ",", "RequestId", problem.event()) + "}\n";
            case GOOGLE ->
                json("{\"error\":{\"code\":403,", "message", message, ",", "status", "PERMISSION_DENIED") + "}}\n";
            case AZURE -> json("{\"error\":{", "code", "PawlDenied", ",", "message", message) + "}}\n";
            case STRIPE -> json("{\"error\":{", "type", "invalid_request_error", ",", "message", message) + "}}\n";
            case OPENAI ->
                json("{\"error\":{", "message", message, ",", "type", "permission_error")
                        + ",\"param\":null,\"code\":null}}\n";
            case ANTHROPIC ->
                json("{\"type\":\"error\",\"error\":{", "type", "permission_error", ",", "message", message) + "}}\n";
            case GRAPHQL -> json("{\"errors\":[{", "message", message) + "}]}\n";
            case KUBERNETES ->
                json(
                                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":403,",
                                "reason",
                                "Forbidden",
                                ",",
                                "message",
                                message)
                        + "}\n";
            case PLAIN -> Problem.PLAIN.body(problem);
        };
    }

    /** Members, each as what stands before it, its name and its text. */
    private static String json(String... parts) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < parts.length; i += 3) {
            Problem.member(json, parts[i], parts[i + 1], parts[i + 2]);
        }
        return json.toString();
    }

    /** Text of XML in nothing but ASCII. */
    private static String xml(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            boolean plain = c >= ' ' && c < 0x7f && c != '<' && c != '>' && c != '&';
            boolean none = c < ' ' || c == 0x7f || (c >= 0xd800 && c < 0xe000) || c == 0xfffe || c == 0xffff;
            out.append(plain ? Character.toString(c) : none ? " " : String.format(Locale.ROOT, "&#%d;", c));
        });
        return out.toString();
    }
}
