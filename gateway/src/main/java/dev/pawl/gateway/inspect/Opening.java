package dev.pawl.gateway.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the head of a request of HTTP/1 means (RFC 9112, 3 to 7), once {@link HeadReader} has read it. */
sealed interface Opening {
    /**
     * A request.
     *
     * @param path decoded
     * @param version10 whether it is of HTTP/1.0
     * @param last whether its connection ends with it
     * @param upgrade whether it asks for WebSocket, the one upgrade that is forwarded
     */
    record Request(Head head, String path, Framing framing, boolean version10, boolean last, boolean upgrade)
            implements Opening {}

    /** None that is forwarded. {@code method} is empty where it could not be read. */
    record Bad(int status, String reason, String method) implements Opening {}

    /** Reads it under a grant of {@code authority}. */
    static Opening of(String line, List<Header> fields, String scheme, Authority authority) {
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (first <= 0 || second < 0 || line.indexOf(' ', second + 1) >= 0) {
            return new Bad(400, "the request line is not method, target and version", "");
        }
        String method = line.substring(0, first);
        if (method.length() > Limits.METHOD || !HeadReader.isToken(method)) {
            return new Bad(400, "the method is no token of at most " + Limits.METHOD + " characters", "");
        }
        String version = line.substring(second + 1);
        boolean version10 = version.equals("HTTP/1.0");
        if (!version10 && !version.equals("HTTP/1.1")) {
            return new Bad(400, "the version is neither HTTP/1.1 nor HTTP/1.0", method);
        }
        if (method.equals("CONNECT")) {
            return new Bad(405, "CONNECT would open a connection nobody granted", method);
        }
        return switch (Target.of(method, line.substring(first + 1, second), scheme, authority)) {
            case Target.Unclear(int status, String reason) -> new Bad(status, reason, method);
            case Target.Clear clear -> fields(method, clear, fields, version10, scheme, authority);
        };
    }

    private static Opening fields(
            String method,
            Target.Clear target,
            List<Header> fields,
            boolean version10,
            String scheme,
            Authority authority) {
        Hops hops = Hops.of(fields);
        if (hops.listsFraming()) {
            return new Bad(400, "Connection names a field that frames the message", method);
        }
        int hosts = 0;
        List<Header> kept = new ArrayList<>(fields.size());
        for (Header field : fields) {
            if (field.is("Host")) {
                hosts++;
                if (!authority.names(field.value())) {
                    return new Bad(400, "Host is not the host of the grant, " + authority.text(), method);
                }
            } else if (!hops.ends(field)) {
                kept.add(field);
            }
        }
        if (hosts != 1 && !(version10 && hosts == 0)) {
            return new Bad(400, hosts == 0 ? "Host is missing" : "Host stands twice", method);
        }
        Framing framing = Framing.ofRequest(fields, version10);
        if (framing instanceof Framing.Bad(String reason)) {
            return new Bad(400, reason, method);
        }
        boolean upgrade =
                hops.upgradesTo("websocket") && method.equals("GET") && !version10 && framing.equals(Framing.NONE);
        Head head = new Head(method, scheme, authority.text(), target.written(), kept);
        return new Request(head, target.path(), framing, version10, hops.last(version10), upgrade);
    }

    /** The words of a field that lists them, lower-case. */
    static List<String> words(String value) {
        List<String> words = new ArrayList<>();
        for (String word : value.split(",", -1)) {
            String trimmed = word.strip().toLowerCase(Locale.ROOT);
            if (!trimmed.isEmpty()) {
                words.add(trimmed);
            }
        }
        return words;
    }
}
