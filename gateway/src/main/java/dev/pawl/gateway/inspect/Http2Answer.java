package dev.pawl.gateway.inspect;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The heads of answers of HTTP/2. */
final class Http2Answer {
    private Http2Answer() {}

    /** The status of an answer that came. */
    static int status(Http2Headers section) throws Http2Fields.Unfit {
        String text = Http2Fields.pseudo(section, PseudoHeaderName.STATUS);
        boolean digits = text != null && text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int status = digits ? Integer.parseInt(text) : 0;
        if (status < 100 || status == 101) {
            throw new Http2Fields.Unfit("the answer has no status that HTTP/2 knows");
        }
        return status;
    }

    /** The head of an answer as it goes on. */
    static Http2Headers head(int status, List<Header> fields) {
        return Http2Fields.add(new DefaultHttp2Headers(false).status(Integer.toString(status)), fields);
    }

    /** The head of a refusal whose body is {@code body}. */
    static Http2Headers refusal(Problem problem, byte[] body) {
        Http2Headers head = new DefaultHttp2Headers(false)
                .status(Integer.toString(problem.status()))
                .add("content-type", problem.voice().type())
                .add("content-length", Integer.toString(body.length))
                .add("cache-control", "no-store");
        return problem.exhausted() ? head.add("x-should-retry", "false") : head;
    }

    /** The body of a refusal. */
    static byte[] body(Problem problem) {
        return problem.json().getBytes(StandardCharsets.US_ASCII);
    }
}
