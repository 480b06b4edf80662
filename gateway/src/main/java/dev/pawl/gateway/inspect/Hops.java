package dev.pawl.gateway.inspect;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a message says of its own connection, which is never forwarded but written anew (RFC 9110, 7.6.1).
 *
 * @param options of {@code Connection}, lower-case
 * @param protocols of {@code Upgrade}, lower-case
 */
record Hops(Set<String> options, Set<String> protocols) {
    private static final List<String> ALWAYS = List.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade");

    /** What a hop must not take away by naming it. */
    private static final Set<String> FRAMING = Set.of("host", "content-length", "transfer-encoding", "trailer");

    private static final Hops NONE = new Hops(Set.of(), Set.of());

    static Hops of(List<Header> fields) {
        Set<String> options = null;
        Set<String> protocols = null;
        for (Header field : fields) {
            if (field.is("Connection")) {
                options = options == null ? new HashSet<>() : options;
                options.addAll(Opening.words(field.value()));
            } else if (field.is("Upgrade")) {
                protocols = protocols == null ? new HashSet<>() : protocols;
                protocols.addAll(Opening.words(field.value()));
            }
        }
        return options == null && protocols == null
                ? NONE
                : new Hops(options == null ? Set.of() : options, protocols == null ? Set.of() : protocols);
    }

    /** Whether a trailer would be another message's framing or address to a server that takes it for a field of the head. */
    static boolean misleads(List<Header> trailers) {
        return trailers.stream()
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .anyMatch(name -> FRAMING.contains(name) || always(name));
    }

    boolean listsFraming() {
        return !options.isEmpty() && options.stream().anyMatch(FRAMING::contains);
    }

    /** Whether a field ends at this hop. */
    boolean ends(Header field) {
        return always(field.name())
                || (!options.isEmpty() && options.contains(field.name().toLowerCase(Locale.ROOT)));
    }

    /** Asked of every field: a list that is compared, most often by length alone, is faster than a name made lower-case. */
    private static boolean always(String name) {
        for (String each : ALWAYS) {
            if (each.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the connection ends with this message. */
    boolean last(boolean version10) {
        return options.contains("close") || (version10 && !options.contains("keep-alive"));
    }

    boolean upgradesTo(String protocol) {
        return options.contains("upgrade") && protocols.contains(protocol);
    }
}
