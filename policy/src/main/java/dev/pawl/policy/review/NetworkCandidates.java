package dev.pawl.policy.review;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Inspection;
import dev.pawl.core.RequestRule;
import dev.pawl.core.Spending;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.DefaultGrants;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What differs in the grants of hosts and addresses. */
final class NetworkCandidates {
    private NetworkCandidates() {}

    static Stream<Candidate> of(Side one, Side other) {
        Stream<Candidate> hosts = Groups.of(
                        one.charter().network().allow(),
                        other.charter().network().allow(),
                        NetworkCandidates::equal,
                        NetworkCandidates::overlap)
                .stream()
                .map(group -> hosts(group, alone(group, one) && alone(group, other)));
        Stream<Candidate> addresses = Groups.of(
                        one.charter().network().addresses(),
                        other.charter().network().addresses(),
                        NetworkCandidates::equal,
                        NetworkCandidates::overlap)
                .stream()
                .map(NetworkCandidates::addresses);
        return Stream.concat(hosts, addresses);
    }

    static String text(HostGrant grant) {
        return grant.host() + ":" + grant.port() + " " + CharterText.text(grant.protocol()) + asking(grant.ask())
                + CharterText.text(grant.inspection());
    }

    static String text(AddressGrant grant) {
        return grant.range() + " port " + grant.port() + " " + CharterText.text(grant.protocol()) + asking(grant.ask());
    }

    /** What stands behind a grant: nothing where it asks nobody. */
    static String asking(Optional<String> ask) {
        return ask.map(reason -> " asking \"" + reason + "\"").orElse("");
    }

    /** Whether no other grant of this side has a say in what the group is about. */
    private static boolean alone(Groups<HostGrant> group, Side side) {
        List<String> ids = group.all().map(HostGrant::id).toList();
        return side.charter().network().allow().stream()
                .filter(grant -> !ids.contains(grant.id()))
                .noneMatch(grant -> group.all().anyMatch(each -> overlap(each, grant)));
    }

    private static Candidate hosts(Groups<HostGrant> group, boolean alone) {
        return new Candidate(
                "network.allow",
                texts(group.removed(), NetworkCandidates::text),
                texts(group.added(), NetworkCandidates::text),
                Candidate.by(rules(group.removed(), HostGrant::id), rules(group.added(), HostGrant::id)),
                Touching.hosts(group.all().map(HostGrant::host).toList()),
                group.all().map(NetworkCandidates::sample).toList(),
                read(group, alone));
    }

    /**
     * Requests are read out of what connects alike, so the attempts that are asked say nothing of them. Lists of requests
     * are compared where one grant takes the place of another and no third has a say.
     */
    private static Optional<Candidate.Told> read(Groups<HostGrant> group, boolean alone) {
        if (group.removed().isEmpty() || group.added().isEmpty()) {
            return Optional.empty();
        }
        Set<Optional<Inspection>> before = bare(group.removed());
        Set<Optional<Inspection>> after = bare(group.added());
        if (before.equals(after)) {
            return Optional.empty();
        }
        boolean same = same(group);
        if (same && after.equals(Set.of(Optional.empty()))) {
            return Optional.of(new Candidate.Told(Sign.LOOSER, "nobody reads the requests any more"));
        }
        if (same && before.equals(Set.of(Optional.empty()))) {
            return Optional.of(new Candidate.Told(Sign.TIGHTER, "the requests are read"));
        }
        Optional<Inspection> from = group.removed().getFirst().inspection();
        Optional<Inspection> to = group.added().getFirst().inspection();
        return Optional.of(
                same && alone && from.isPresent() && to.isPresent()
                        ? InspectionChange.of(from.get(), to.get())
                        : new Candidate.Told(Sign.EITHER, "other requests may go on"));
    }

    /** Whether the grants differ in nothing but how requests are read. */
    private static boolean same(Groups<HostGrant> group) {
        return group.removed().size() == 1
                && group.added().size() == 1
                && equal(
                        unread(group.removed().getFirst()), unread(group.added().getFirst()));
    }

    private static HostGrant unread(HostGrant grant) {
        return new HostGrant(grant.id(), grant.host(), grant.port(), grant.protocol(), grant.ask());
    }

    private static Set<Optional<Inspection>> bare(List<HostGrant> grants) {
        return grants.stream()
                .map(grant -> grant.inspection().map(NetworkCandidates::unnamed))
                .collect(Collectors.toSet());
    }

    /** Without the names of rules, which only say where they stand. */
    private static Inspection unnamed(Inspection inspection) {
        return new Inspection(
                inspection.requests().stream()
                        .map(rule -> new RequestRule("", rule.method(), rule.segments(), rule.more(), rule.ask()))
                        .toList(),
                inspection.upload(),
                inspection.leaks(),
                new Spending(
                        inspection.spending().otherwise(),
                        inspection.spending().allow().stream()
                                .map(each -> new Spending.Allowed("", each.provider(), each.operation(), each.most()))
                                .toList()));
    }

    private static Candidate addresses(Groups<AddressGrant> group) {
        return new Candidate(
                "network.addresses",
                texts(group.removed(), NetworkCandidates::text),
                texts(group.added(), NetworkCandidates::text),
                Candidate.by(rules(group.removed(), AddressGrant::id), rules(group.added(), AddressGrant::id)),
                Touching.ranges(group.all().map(AddressGrant::range).toList()),
                group.all()
                        .map(grant -> (Attempt) Points.connect(grant.range().network(), grant.port()))
                        .toList(),
                Optional.empty());
    }

    /** An attempt the grant was written for. */
    static Attempt sample(HostGrant grant) {
        String host =
                grant.host().startsWith("*.") ? HostPoints.below(grant.host().substring(2), Set.of()) : grant.host();
        return Points.connect(host, grant.port());
    }

    /** The charter's own come before the organisation's, so who grants something can matter. */
    private static boolean own(String id) {
        return !id.startsWith(DefaultGrants.PREFIX);
    }

    private static boolean equal(HostGrant one, HostGrant other) {
        return one.host().equals(other.host())
                && one.port() == other.port()
                && one.protocol() == other.protocol()
                && one.ask().equals(other.ask())
                && one.inspection()
                        .map(NetworkCandidates::unnamed)
                        .equals(other.inspection().map(NetworkCandidates::unnamed))
                && own(one.id()) == own(other.id());
    }

    private static boolean overlap(HostGrant one, HostGrant other) {
        return one.port() == other.port()
                && (one.host().equals(other.host())
                        || one.covers(other.host().replaceFirst("^\\*", "any"))
                        || other.covers(one.host().replaceFirst("^\\*", "any")));
    }

    private static boolean equal(AddressGrant one, AddressGrant other) {
        return one.range().equals(other.range())
                && one.port() == other.port()
                && one.protocol() == other.protocol()
                && one.ask().equals(other.ask())
                && own(one.id()) == own(other.id());
    }

    private static boolean overlap(AddressGrant one, AddressGrant other) {
        return one.port() == other.port()
                && (one.range().contains(other.range().network())
                        || other.range().contains(one.range().network()));
    }

    static <T> String texts(List<T> all, Function<T, String> text) {
        return all.isEmpty() ? Candidate.NONE : all.stream().map(text).collect(Collectors.joining(", "));
    }

    static <T> Predicate<Decision> rules(List<T> all, Function<T, String> id) {
        Set<String> ids = all.stream().map(id).collect(Collectors.toSet());
        return decision -> ids.contains(decision.rule());
    }
}
