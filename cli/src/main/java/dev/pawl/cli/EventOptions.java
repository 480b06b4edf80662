package dev.pawl.cli;

import dev.pawl.ledger.index.EventFilter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which events a person wants to see. */
final class EventOptions {
    @Option(names = "--agent", paramLabel = "A", description = "Only of this agent.")
    @Nullable
    String agent;

    @Option(
            names = "--kind",
            paramLabel = "K",
            description = "Only exec, dns, connect, flow, file, resource, control, finding.")
    private @Nullable String kind;

    @Option(names = "--process", paramLabel = "P", description = "Only of this process id, program or path.")
    private @Nullable String process;

    @Option(names = "--host", paramLabel = "H", description = "Only about this name or address, or *.below.it.")
    private @Nullable String host;

    @Option(names = "--rule", paramLabel = "RULE", description = "Only what this rule decided.")
    private @Nullable String rule;

    @Option(names = "--boundary", paramLabel = "B", description = "Only what concerns this boundary.")
    private @Nullable String boundary;

    @Option(
            names = "--since",
            paramLabel = "T",
            converter = Moment.class,
            description = "From then on: 2026-11-22 or 2026-11-22T05:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "T", converter = Moment.class, description = "Before then.")
    private @Nullable Instant until;

    @Option(names = "--denied", description = "Only what was denied.")
    private boolean denied;

    EventFilter over(Set<String> runs) {
        return new EventFilter(runs, agent, kind, process, host, rule, boundary, since, until, denied);
    }

    /** A moment, or the beginning of a day; UTC. */
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.indexOf('T') < 0
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("not a time: " + text);
            }
        }
    }
}
