package dev.pawl.gateway.model;

import java.util.Locale;
import java.util.Optional;

/** The protocols in which models are called, told by the end of a request's path, since a base URL may stand before it. */
public enum Wire {
    /** {@code POST /v1/responses} of OpenAI. */
    RESPONSES("openai", 128),
    /** {@code POST /v1/chat/completions} of OpenAI, spoken by many others, and the older {@code /v1/completions}. */
    CHAT("openai", 128),
    /** {@code POST /v1/messages} of Anthropic. */
    MESSAGES("anthropic", 128),
    /** {@code POST /v1beta/models/M:generateContent} and {@code :streamGenerateContent} of Google. */
    GENAI("google", 16);

    private final String provider;
    private final int bytesOfToken;

    Wire(String provider, int bytesOfToken) {
        this.provider = provider;
        this.bytesOfToken = bytesOfToken;
    }

    /** Bytes of a stream that carry one token, about: providers wrap every token, or every few, into an event. */
    int bytesOfToken() {
        return bytesOfToken;
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
        String end = plain(path);
        if (end.endsWith("/responses")) {
            return Optional.of(RESPONSES);
        }
        if (end.endsWith("/completions")) {
            return Optional.of(CHAT);
        }
        if (end.endsWith("/messages")) {
            return Optional.of(MESSAGES);
        }
        return end.contains("/models/") && (end.endsWith(":generatecontent") || end.endsWith(":streamgeneratecontent"))
                ? Optional.of(GENAI)
                : Optional.empty();
    }

    /** As the least exact of servers read it: encoded slashes end segments; case, parameters and slashes at its end do not count. */
    private static String plain(String path) {
        String end = path.replace("%2F", "/").toLowerCase(Locale.ROOT);
        while (end.endsWith("/") || end.indexOf(';', end.lastIndexOf('/')) >= 0) {
            end = end.substring(0, end.endsWith("/") ? end.length() - 1 : end.indexOf(';', end.lastIndexOf('/')));
        }
        return end;
    }
}
