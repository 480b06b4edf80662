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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds grants of a charter that other grants cover: without them every attempt would be decided alike. What only names
 * a narrower protocol is no such grant.
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

    private void hosts() {
        List<HostGrant> all = charter.network().allow();
        List<String> names = List.copyOf(HostPoints.of(mentions.hosts));
        for (HostGrant grant : all) {
            List<HostGrant> others = all.stream()
                    .filter(other -> !other.equals(grant) && other.port() == grant.port())
                    .sorted(Comparator.comparing((HostGrant other) -> !own(other.id()))
                            .thenComparing(other -> other.host().startsWith("*."))
                            .thenComparingInt(other -> -other.host().length()))
                    .toList();
            List<Optional<HostGrant>> instead = names.stream()
                    .filter(grant::covers)
                    .map(name ->
                            others.stream().filter(other -> other.covers(name)).findFirst())
                    .toList();
            if (own(grant.id())
                    && same(instead.stream().map(each -> each.map(HostGrant::protocol)), grant.protocol())) {
                warn(
                        grant.id(),
                        NetworkCandidates.text(grant),
                        instead.stream().flatMap(each -> each.map(HostGrant::id).stream()));
            }
        }
    }

    private void addresses() {
        List<AddressGrant> all = charter.network().addresses();
        List<InetAddress> points = List.copyOf(AddressPoints.of(mentions.rangesAndWhatCarriesThem()));
        for (AddressGrant grant : all) {
            List<AddressGrant> others = all.stream()
                    .filter(other -> !other.equals(grant) && other.port() == grant.port())
                    .sorted(Comparator.comparing((AddressGrant other) -> !own(other.id()))
                            .thenComparingInt(other -> -other.range().prefix()))
                    .toList();
            List<Optional<AddressGrant>> instead = points.stream()
                    .map(Ranges::plain)
                    .filter(grant.range()::contains)
                    .map(point -> others.stream()
                            .filter(other -> other.range().contains(point))
                            .findFirst())
                    .toList();
            if (own(grant.id())
                    && same(instead.stream().map(each -> each.map(AddressGrant::protocol)), grant.protocol())) {
                warn(
                        grant.id(),
                        NetworkCandidates.text(grant),
                        instead.stream().flatMap(each -> each.map(AddressGrant::id).stream()));
            }
        }
    }

    /** Whether something else grants all of it, with the same protocol. */
    private static boolean same(Stream<Optional<Protocol>> instead, Protocol protocol) {
        List<Optional<Protocol>> all = instead.toList();
        return !all.isEmpty() && all.stream().allMatch(Optional.of(protocol)::equals);
    }

    private record Numbered(CommandGrant grant, int number, Arguments pattern) {}

    private void commands() {
        List<CommandGrant> all = charter.commands().orElse(List.of());
        List<Numbered> patterns = all.stream()
                .flatMap(grant -> IntStream.range(0, grant.arguments().size())
                        .mapToObj(i -> new Numbered(grant, i, grant.arguments().get(i))))
                .toList();
        for (int i = 0; i < patterns.size(); i++) {
            Numbered one = patterns.get(i);
            Path program = one.grant.program();
            boolean anything = all.stream()
                    .anyMatch(other ->
                            other.program().equals(program) && other.arguments().isEmpty());
            int before = i;
            List<Arguments> others = IntStream.range(0, patterns.size())
                    .filter(at -> at != before)
                    .mapToObj(patterns::get)
                    .filter(other -> other.grant.program().equals(program))
                    // Of two that are the same, the first counts.
                    .filter(other -> !other.pattern.equals(one.pattern) || patterns.indexOf(other) < before)
                    .map(Numbered::pattern)
                    .toList();
            if (own(one.grant.id())
                    && (anything || ArgumentDifference.of(one.pattern, others) instanceof Found.Nothing)) {
                warnings.add(new Warning(
                        one.grant.id() + ".arguments[" + one.number + "]",
                        "\"" + CharterText.text(one.pattern) + "\" adds nothing: other patterns for " + program
                                + " cover it"));
            }
        }
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

    private void warn(String rule, String text, Stream<String> others) {
        warnings.add(new Warning(
                rule,
                text + " adds nothing: " + String.join(", ", others.distinct().toList()) + " already grants it"));
    }

    private static boolean own(String id) {
        return !id.startsWith(DefaultGrants.PREFIX);
    }
}
