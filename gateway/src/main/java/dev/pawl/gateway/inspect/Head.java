package dev.pawl.gateway.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The head of one request, whatever version of HTTP carries it. Fields that belong to a connection and frame the message
 * ({@code Host}, {@code Connection}, {@code Content-Length}, {@code Transfer-Encoding} and their like) are not among
 * the headers: they are read before, and written anew.
 *
 * @param method as written, such as {@code GET}
 * @param scheme {@code https} or {@code http}
 * @param authority the granted host, with its port where that is not the scheme's own
 * @param target path and query as the agent wrote them, beginning with a slash; {@code *} for the server as a whole
 * @param headers in their order
 */
public record Head(String method, String scheme, String authority, String target, List<Header> headers) {
    public Head {
        headers = List.copyOf(headers);
    }

    /** The path of the target as the policy saw it: decoded but for encoded slashes, without query; empty for no path. */
    public String path() {
        return target.startsWith("/") && Target.path(target) instanceof Target.Clear clear ? clear.path() : "";
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

    /** The same with all headers of that name replaced by one, in the place of the first, or at the end. */
    public Head with(String name, String value) {
        List<Header> changed = new ArrayList<>();
        boolean placed = false;
        for (Header header : headers) {
            if (!header.is(name)) {
                changed.add(header);
            } else if (!placed) {
                changed.add(new Header(header.name(), value));
                placed = true;
            }
        }
        if (!placed) {
            changed.add(new Header(name, value));
        }
        return new Head(method, scheme, authority, target, changed);
    }

    /** The same with another target. */
    public Head withTarget(String changed) {
        return new Head(method, scheme, authority, changed, headers);
    }
}
