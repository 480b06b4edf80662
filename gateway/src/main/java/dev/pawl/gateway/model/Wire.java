package dev.pawl.gateway.model;

import java.util.Optional;

/** The protocols in which models are called, told by the end of a request's path, since a base URL may stand before it. */
public enum Wire {
    /** {@code POST /v1/responses} of OpenAI. */
    RESPONSES("openai"),
    /** {@code POST /v1/chat/completions} of OpenAI, spoken by many others. */
    CHAT("openai"),
    /** {@code POST /v1/messages} of Anthropic. */
    MESSAGES("anthropic"),
    /** {@code POST /v1beta/models/M:generateContent} and {@code :streamGenerateContent} of Google. */
    GENAI("google");

    private final String provider;

    Wire(String provider) {
        this.provider = provider;
    }

    /** Whose protocol it is; who answers may be somebody else. */
    public String provider() {
        return provider;
    }

    /** The protocol of a request; empty where it calls no model. {@code path} is decoded and has no query. */
    public static Optional<Wire> of(String method, String path) {
        if (!method.equals("POST")) {
            return Optional.empty();
        }
        String end = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (end.endsWith("/responses")) {
            return Optional.of(RESPONSES);
        }
        if (end.endsWith("/chat/completions")) {
            return Optional.of(CHAT);
        }
        if (end.endsWith("/messages")) {
            return Optional.of(MESSAGES);
        }
        return end.contains("/models/") && (end.endsWith(":generateContent") || end.endsWith(":streamGenerateContent"))
                ? Optional.of(GENAI)
                : Optional.empty();
    }
}
