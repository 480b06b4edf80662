package dev.pawl.gateway.inspect;

import java.util.List;
import java.util.Optional;

/**
 * The head of one answer, whatever version of HTTP carries it. Fields that belong to a connection and frame the message are
 * not among the headers, but the length of the body may be: no {@link Outgoing} changes it.
 *
 * @param status 100 to 999
 * @param headers in their order
 */
public record Response(int status, List<Header> headers) {
    public Response {
        headers = List.copyOf(headers);
    }

    /** Whether another answer to the same request follows. */
    public boolean interim() {
        return status < 200 && status != 101;
    }

    /** The value of the first header of that name. */
    public Optional<String> header(String name) {
        for (Header header : headers) {
            if (header.is(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }
}
