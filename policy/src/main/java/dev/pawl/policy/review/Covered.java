package dev.pawl.policy.review;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.CommandGrant.Arguments;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Protocol;
import dev.pawl.core.Ranges;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.DefaultGrants;
import dev.pawl.policy.review.ArgumentDifference.Found;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds grants of a charter that other grants cover: without them every attempt would be decided alike. What only names
 * a narrower protocol is no such grant. Of grants that ask those too, the organisation's included, of which others grant
 * all without a question.
 */
final class Covered {
    private final Charter charter;
    private final Mentions mentions;
    private final List<Warning> warnings = new ArrayList<>();

    private Covered(Side side) {
        this.charter = side.charter();
        this.mentions = new Mentions().add(side);
    }

    static List<Warning> in(Side side) {
        Covered covered = new Covered(side);
        covered.hosts();
        covered.addresses();
        covered.commands();
        covered.files();
        return List.copyOf(covered.warnings);
    }

    /** What grants of hosts and of addresses have in common. */
    private record Terms(String id, Protocol protocol, Optional<String> ask) {
        static Terms of(HostGrant grant) {
            return new Terms(grant.id(), grant.protocol(), grant.ask());
        }

        static Terms of(AddressGrant grant) {
            return new Terms(grant.id(), grant.protocol(), grant.ask());
        }

        boolean free() {
            return ask.isEmpty();
        }

        /** Whether this one could stand for the other; what is free needs no grant that asks. */
        boolean mayStandFor(Terms other) {
            return !id.equals(other.id) && (free() || !other.free());
        }

        boolean like(Terms other) {
            return protocol == other.protocol && ask.equals(other.ask);
        }
    }

    private void hosts() {
        List<HostGrant> all = charter.network().allow();
        List<String> names = List.copyOf(HostPoints.of(mentions.hosts));
        for (HostGrant grant : all) {
            List<HostGrant> others = all.stream()
                    .filter(other -> Terms.of(other).mayStandFor(Terms.of(grant)) && other.port() == grant.port())
                    .sorted(Comparator.comparing(
                                    (HostGrant other) -> !Terms.of(other).free())
                            .thenComparing(other -> !own(other.id()))
                            .thenComparing(other -> other.host().startsWith("*."))
                            .thenComparingInt(other -> -other.host().length()))
                    .toList();
            List<Optional<Terms>> instead = names.stream()
                    .filter(grant::covers)
                    .map(name -> others.stream()
                            .filter(other -> other.covers(name))
                            .findFirst()
                            .map(Terms::of))
                    .toList();
            network(Terms.of(grant), NetworkCandidates.text(grant), instead);
        }
    }

    private void addresses() {
        List<AddressGrant> all = charter.network().addresses();
        List<InetAddress> points = List.copyOf(AddressPoints.of(mentions.rangesAndWhatCarriesThem()));
        for (AddressGrant grant : all) {
            List<AddressGrant> others = all.stream()
                    .filter(other -> Terms.of(other).mayStandFor(Terms.of(grant)) && other.port() == grant.port())
                    .sorted(Comparator.comparing(
                                    (AddressGrant other) -> !Terms.of(other).free())
                            .thenComparing(other -> !own(other.id()))
                            .thenComparingInt(other -> -other.range().prefix()))
                    .toList();
            List<Optional<Terms>> instead = points.stream()
                    .map(Ranges::plain)
                    .filter(grant.range()::contains)
                    .map(point -> others.stream()
                            .filter(other -> other.range().contains(point))
                            .findFirst()
                            .map(Terms::of))
                    .toList();
            network(Terms.of(grant), NetworkCandidates.text(grant), instead);
        }
    }

    /** {@code instead} is what would decide each attempt that the grant is about, if the grant were not there. */
    private void network(Terms grant, String text, List<Optional<Terms>> instead) {
        List<Terms> others = instead.stream().flatMap(Optional::stream).toList();
        if (others.isEmpty() || others.size() < instead.size()) {
            return;
        }
        List<String> ids = others.stream().map(Terms::id).distinct().toList();
        if (!grant.free() && others.stream().allMatch(Terms::free)) {
            never(grant.id(), ids);
        } else if (own(grant.id()) && others.stream().allMatch(grant::like)) {
            warnings.add(
                    new Warning(grant.id(), text + " adds nothing: " + String.join(", ", ids) + " already grants it"));
        }
    }

    private record Numbered(CommandGrant grant, int number, Arguments pattern) {}

    private void commands() {
        List<CommandGrant> all = charter.commands().orElse(List.of());
        List<Numbered> patterns = all.stream()
                .flatMap(grant -> IntStream.range(0, grant.arguments().size())
                        .mapToObj(i -> new Numbered(grant, i, grant.arguments().get(i))))
                .toList();
        Predicate<CommandGrant> free = grant -> grant.ask().isEmpty();
        for (Numbered one : patterns) {
            String rule = one.grant.id() + ".arguments[" + one.number + "]";
            String text = "\"" + CharterText.text(one.pattern) + "\"";
            Optional<String> ask = one.grant.ask();
            if (ask.isPresent() && covered(one, all, patterns, free)) {
                warnings.add(new Warning(
                        rule,
                        text + " never asks: other patterns for " + one.grant.program()
                                + " grant it without a question"));
            } else if (own(one.grant.id())
                    && covered(one, all, patterns, free.or(other -> other.ask().equals(ask)))) {
                warnings.add(new Warning(
                        rule, text + " adds nothing: other patterns for " + one.grant.program() + " cover it"));
            }
        }
        for (CommandGrant grant : all) {
            List<String> others =
                    anything(all, grant.program(), free).map(CommandGrant::id).toList();
            if (grant.ask().isPresent() && grant.arguments().isEmpty() && !others.isEmpty()) {
                never(grant.id(), others);
            }
        }
    }

    /** Whether other patterns, of grants that count, match whatever this one does. */
    private static boolean covered(
            Numbered one, List<CommandGrant> all, List<Numbered> patterns, Predicate<CommandGrant> counts) {
        Path program = one.grant.program();
        if (anything(all, program, counts).findAny().isPresent()) {
            return true;
        }
        List<Arguments> others = patterns.stream()
                .filter(other -> !other.equals(one) && other.grant.program().equals(program))
                .filter(other -> counts.test(other.grant))
                // Of two that are the same, the first counts.
                .filter(other -> !other.pattern.equals(one.pattern)
                        || !other.grant.ask().equals(one.grant.ask())
                        || patterns.indexOf(other) < patterns.indexOf(one))
                .map(Numbered::pattern)
                .toList();
        return ArgumentDifference.of(one.pattern, others) instanceof Found.Nothing;
    }

    private static Stream<CommandGrant> anything(List<CommandGrant> all, Path program, Predicate<CommandGrant> counts) {
        return all.stream()
                .filter(counts)
                .filter(grant ->
                        grant.program().equals(program) && grant.arguments().isEmpty());
    }

    private void files() {
        List<Path> read = charter.files().read();
        List<Path> write = charter.files().write();
        for (int i = 0; i < write.size(); i++) {
            Path path = write.get(i);
            List<Path> others =
                    write.stream().filter(other -> !other.equals(path)).toList();
            path("files.write[" + i + "]", path, others);
        }
        for (int i = 0; i < read.size(); i++) {
            Path path = read.get(i);
            path(
                    "files.read[" + i + "]",
                    path,
                    Stream.concat(read.stream().filter(other -> !other.equals(path)), write.stream())
                            .toList());
        }
    }

    private void path(String rule, Path path, List<Path> others) {
        Stream.concat(Stream.of(charter.workspace()), others.stream())
                .filter(path::startsWith)
                .findFirst()
                .ifPresent(other -> warnings.add(
                        new Warning(rule, path + " adds nothing: " + other + " is shown with all below it")));
    }

    private void never(String rule, List<String> others) {
        warnings.add(new Warning(
                rule, "never asks: " + String.join(", ", others) + " already grants all of it without a question"));
    }

    private static boolean own(String id) {
        return !id.startsWith(DefaultGrants.PREFIX);
    }
}
