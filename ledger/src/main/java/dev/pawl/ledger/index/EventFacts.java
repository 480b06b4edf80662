package dev.pawl.ledger.index;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What events are looked for by. Stateless. */
final class EventFacts {
    private EventFacts() {}

    /** The host an event is about: its name, where there is none its address. */
    static @Nullable String host(Body body) {
        return switch (body) {
            case Body.Dns dns -> dns.name();
            case Body.Connect connect -> connect.host() != null ? connect.host() : connect.address();
            case Body.Flow flow -> flow.host() != null ? flow.host() : flow.address();
            case Body.Http http -> http.host();
            case Body.Spend spend -> spend.host();
            case Body.Exec _,
                    Body.Payload _,
                    Body.Model _,
                    Body.Tool _,
                    Body.FileAccess _,
                    Body.Resource _,
                    Body.Control _,
                    Body.Finding _ -> null;
        };
    }

    /** The program that acted, and the one it started. */
    static Stream<String> programs(Event event) {
        Stream<String> started = event.body() instanceof Body.Exec exec ? Stream.of(exec.exe()) : Stream.empty();
        return event.process() == null
                ? started
                : Stream.concat(Stream.of(event.process().exe()), started);
    }

    /** The boundary a decision or a finding names. */
    static @Nullable String boundary(Event event) {
        if (event.body() instanceof Body.Finding finding) {
            return finding.boundary();
        }
        return event.decision() == null ? null : event.decision().boundary();
    }

    static boolean denied(Event event) {
        return event.decision() != null && event.decision().denied();
    }
}
