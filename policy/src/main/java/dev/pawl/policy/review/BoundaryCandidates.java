package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.Boundary;
import dev.pawl.core.Decision;
import dev.pawl.policy.engine.Ids;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What differs in the boundaries an agent is held to. */
final class BoundaryCandidates {
    private static final Candidate.Told TAUGHT =
            new Candidate.Told(Sign.SAME, "only what the agent is told, and how it is tested, differs");

    private BoundaryCandidates() {}

    static Stream<Candidate> of(Side one, Side other) {
        List<Boundary> before = one.boundaries();
        List<Boundary> after = other.boundaries();
        List<Candidate> candidates = new ArrayList<>();
        for (Boundary boundary : before) {
            Optional<Boundary> now = find(after, boundary.id());
            if (now.isEmpty()) {
                candidates.add(whole(boundary, summary(boundary), Candidate.NONE));
            } else if (!now.get().equals(boundary)) {
                candidates.addAll(parts(boundary, now.get()));
            }
        }
        after.stream()
                .filter(boundary -> find(before, boundary.id()).isEmpty())
                .forEach(boundary -> candidates.add(whole(boundary, Candidate.NONE, summary(boundary))));
        return candidates.stream();
    }

    private static Optional<Boundary> find(List<Boundary> all, String id) {
        return all.stream().filter(boundary -> boundary.id().equals(id)).findFirst();
    }

    private static Candidate whole(Boundary boundary, String from, String to) {
        // It is also named, as a reason, where nothing grants an attempt, and behind zones.
        Predicate<Decision> speaks = decision -> boundary.id().equals(decision.boundary())
                && !decision.rule().equals(Ids.DEFAULT)
                && !decision.rule().startsWith("zone.");
        Boundary.Forbidden forbidden = boundary.forbidden();
        Predicate<Attempt> touches = Touching.hosts(forbidden.hosts())
                .or(Touching.ranges(forbidden.networks()))
                .or(Touching.ports(forbidden.ports()))
                .or(Touching.programs(forbidden.programs()))
                .or(Touching.paths(forbidden.read()))
                .or(Touching.paths(forbidden.write()))
                .or(fixed(boundary));
        return new Candidate(
                "boundaries." + boundary.id(),
                from,
                to,
                Candidate.by(speaks, speaks),
                touches,
                List.of(),
                Optional.empty());
    }

    /** Behind a standard boundary stand further rules, which are no lists; nobody writes one but Pawl. */
    private static Predicate<Attempt> fixed(Boundary boundary) {
        return attempt -> !boundary.held().isEmpty();
    }

    private static List<Candidate> parts(Boundary before, Boundary after) {
        Boundary.Forbidden one = before.forbidden();
        Boundary.Forbidden other = after.forbidden();
        List<Candidate> parts = new ArrayList<>();
        parts.addAll(part(before.id(), "hosts", one.hosts(), other.hosts(), Touching::hosts));
        parts.addAll(part(before.id(), "networks", one.networks(), other.networks(), Touching::ranges));
        parts.addAll(part(before.id(), "ports", one.ports(), other.ports(), Touching::ports));
        parts.addAll(part(before.id(), "programs", one.programs(), other.programs(), Touching::programs));
        parts.addAll(part(before.id(), "read", one.read(), other.read(), Touching::paths));
        parts.addAll(part(before.id(), "write", one.write(), other.write(), Touching::paths));
        String area = "boundaries." + before.id();
        taught(area + ".never", before.never(), after.never()).ifPresent(parts::add);
        taught(area + ".because", before.because(), after.because()).ifPresent(parts::add);
        taught(area + ".drill", String.join(", ", before.drill()), String.join(", ", after.drill()))
                .ifPresent(parts::add);
        return parts;
    }

    private static <T> List<Candidate> part(
            String id, String list, List<T> before, List<T> after, Function<List<T>, Predicate<Attempt>> touching) {
        List<T> removed = before.stream().filter(item -> !after.contains(item)).toList();
        List<T> added = after.stream().filter(item -> !before.contains(item)).toList();
        if (removed.isEmpty() && added.isEmpty()) {
            return List.of();
        }
        Predicate<Decision> speaks = decision -> decision.rule().equals(id + "." + list);
        return List.of(new Candidate(
                "boundaries." + id + "." + list,
                NetworkCandidates.texts(removed, Object::toString),
                NetworkCandidates.texts(added, Object::toString),
                Candidate.by(speaks, speaks),
                touching.apply(Stream.concat(removed.stream(), added.stream()).toList()),
                List.of(),
                Optional.empty()));
    }

    private static Optional<Candidate> taught(String area, String before, String after) {
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(
                        new Candidate(area, before, after, _ -> false, _ -> false, List.of(), Optional.of(TAUGHT)));
    }

    /** What it refuses, in one line. */
    private static String summary(Boundary boundary) {
        Boundary.Forbidden forbidden = boundary.forbidden();
        String lists = Stream.of(
                        list("hosts", forbidden.hosts(), Function.identity()),
                        list("networks", forbidden.networks(), Object::toString),
                        list("ports", forbidden.ports(), Object::toString),
                        list("programs", forbidden.programs(), Path::toString),
                        list("read", forbidden.read(), Path::toString),
                        list("write", forbidden.write(), Path::toString),
                        forbidden.cedar().isBlank() ? "" : "cedar")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return lists.isEmpty() ? boundary.never() : lists;
    }

    private static <T> String list(String name, List<T> items, Function<T, String> text) {
        return items.isEmpty() ? "" : name + " " + NetworkCandidates.texts(items, text);
    }
}
