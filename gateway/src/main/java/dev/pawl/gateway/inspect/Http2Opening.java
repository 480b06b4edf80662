package dev.pawl.gateway.inspect;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the head of a request of HTTP/2 means (RFC 9113, 8.3.1). */
sealed interface Http2Opening {
    /**
     * A request.
     *
     * @param path decoded
     * @param length of its body, -1 where it does not say
     * @param trailers whether its client reads trailers
     */
    record Request(Head head, String path, long length, boolean trailers) implements Http2Opening {}

    /** None that is forwarded. {@code method} is empty where it could not be read. */
    record Bad(int status, String reason, String method) implements Http2Opening {}

    /** Reads it under a grant of {@code authority}; {@code end} is whether nothing follows. */
    static Http2Opening of(Http2Headers section, boolean end, String scheme, Authority authority) {
        String method = "";
        try {
            String given = Http2Fields.pseudo(section, PseudoHeaderName.METHOD);
            if (given == null || given.length() > Limits.METHOD || !HeadReader.isToken(given)) {
                return new Bad(400, "the method is no token of at most " + Limits.METHOD + " characters", "");
            }
            method = given;
            if (method.equals("CONNECT")) {
                return new Bad(405, "CONNECT would open a connection nobody granted", method);
            }
            String as = Http2Fields.pseudo(section, PseudoHeaderName.SCHEME);
            if (as == null || !as.equalsIgnoreCase(scheme)) {
                return new Bad(400, "the scheme is not that of the connection, " + scheme, method);
            }
            String target = Http2Fields.pseudo(section, PseudoHeaderName.PATH);
            if (target == null || !(target.startsWith("/") || target.equals("*"))) {
                return new Bad(400, "the path begins with no slash", method);
            }
            return switch (Target.of(method, target, scheme, authority)) {
                case Target.Unclear(int status, String reason) -> new Bad(status, reason, method);
                case Target.Clear clear -> {
                    String named = Http2Fields.pseudo(section, PseudoHeaderName.AUTHORITY);
                    yield fields(method, clear, named, Http2Fields.of(section), end, scheme, authority);
                }
            };
        } catch (Http2Fields.Unfit unfit) {
            return new Bad(400, unfit.reason(), method);
        }
    }

    private static Http2Opening fields(
            String method,
            Target.Clear target,
            @Nullable String named,
            List<Header> fields,
            boolean end,
            String scheme,
            Authority authority) {
        String host = named;
        String length = null;
        boolean trailers = false;
        List<Header> kept = new ArrayList<>(fields.size());
        for (Header field : fields) {
            switch (field.name()) {
                case "host" -> {
                    if (host != null && !host.equalsIgnoreCase(field.value())) {
                        return new Bad(400, "Host is another than :authority", method);
                    }
                    host = field.value();
                }
                case "content-length" -> {
                    if (length != null) {
                        return new Bad(400, "Content-Length stands twice", method);
                    }
                    length = field.value();
                }
                case "te" -> {
                    if (!field.value().equals("trailers")) {
                        return new Bad(400, "te may say nothing but trailers", method);
                    }
                    trailers = true;
                }
                case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" -> {
                    return new Bad(400, field.name() + " belongs to HTTP/1", method);
                }
                default -> kept.add(field);
            }
        }
        if (host == null || !authority.names(host)) {
            return new Bad(400, "the authority is not the host of the grant, " + authority.text(), method);
        }
        long bytes = end ? 0 : -1;
        if (length != null) {
            bytes = Framing.length(length) instanceof Framing.Length(long said) ? said : -2;
            if (bytes == -2 || (end && bytes != 0)) {
                return new Bad(400, "Content-Length is no number, or not that of the body", method);
            }
        }
        Head head = new Head(method, scheme, authority.text(), target.written(), kept);
        return new Request(head, target.path(), bytes, trailers);
    }

    /** A head as it goes on; {@code opened} is how it came. */
    static Http2Headers written(Head head, Request opened, boolean end) {
        Http2Headers section = new DefaultHttp2Headers(false)
                .method(new AsciiString(head.method()))
                .scheme(new AsciiString(head.scheme()))
                .authority(new AsciiString(head.authority()))
                .path(new AsciiString(head.target()));
        Http2Fields.add(section, head.headers());
        if (opened.length() >= 0 && !(end && opened.length() == 0)) {
            section.add("content-length", Long.toString(opened.length()));
        }
        if (opened.trailers()) {
            section.add("te", "trailers");
        }
        return section;
    }
}
