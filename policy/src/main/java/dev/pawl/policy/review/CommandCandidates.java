package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.CommandGrant.Arguments;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.review.ArgumentDifference.Found;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What differs in the programs that may start, and the arguments that show it. For one thread. */
final class CommandCandidates {
    private final Programs before;
    private final Programs after;
    private final Map<Path, Set<List<String>>> examples = new LinkedHashMap<>();
    private final Set<Path> doubtful = new LinkedHashSet<>();

    CommandCandidates(Side one, Side other) {
        this.before = Programs.of(one);
        this.after = Programs.of(other);
        Set<Path> programs = new LinkedHashSet<>(before.granted.keySet());
        programs.addAll(after.granted.keySet());
        for (Path program : programs) {
            Set<List<String>> found = new LinkedHashSet<>();
            examples.put(program, found);
            compare(program, before.of(program), after.of(program), found);
            compare(program, after.of(program), before.of(program), found);
        }
    }

    /** For each program, arguments that stand for all: what one side's patterns take and the other's do not. */
    Map<Path, Set<List<String>>> arguments() {
        return examples;
    }

    List<Candidate> candidates() {
        if (before.restricted != after.restricted) {
            return List.of(new Candidate(
                    "commands",
                    before.names(),
                    after.names(),
                    difference -> difference.attempt() instanceof Attempt.Exec,
                    attempt -> attempt instanceof Attempt.Exec,
                    List.of(),
                    Optional.empty()));
        }
        return examples.keySet().stream()
                .filter(program -> !before.of(program).equals(after.of(program)))
                .map(this::candidate)
                .toList();
    }

    /** What may follow a program's name. Unlike a pattern for anything, {@code anything} also takes what was cut. */
    private record Allowed(boolean anything, Set<Arguments> patterns) {
        static final Allowed NOTHING = new Allowed(false, Set.of());

        /** As patterns, for command lines that were not cut. */
        List<Arguments> all() {
            return anything ? List.of(new Arguments(List.of(), true)) : List.copyOf(patterns);
        }

        Allowed with(Allowed other) {
            Set<Arguments> both = new LinkedHashSet<>(patterns);
            both.addAll(other.patterns);
            return new Allowed(anything || other.anything, both);
        }

        String text() {
            return anything
                    ? " with any arguments"
                    : patterns.stream().map(Allowed::text).collect(Collectors.joining(" | ", " ", ""));
        }

        private static String text(Arguments pattern) {
            String text = CharterText.text(pattern);
            return text.isEmpty() ? "\"\"" : text;
        }
    }

    /** What is granted for one program: at once, and after a yes, with the reasons a person is told. */
    private record Terms(Allowed free, Allowed asked, Set<String> reasons) {
        static final Terms NOTHING = new Terms(Allowed.NOTHING, Allowed.NOTHING, Set.of());

        Terms with(CommandGrant grant) {
            Allowed granted = new Allowed(grant.arguments().isEmpty(), new LinkedHashSet<>(grant.arguments()));
            if (grant.ask().isEmpty()) {
                return new Terms(free.with(granted), asked, reasons);
            }
            Set<String> all = new LinkedHashSet<>(reasons);
            all.add(grant.ask().get());
            return new Terms(free, asked.with(granted), all);
        }

        Allowed either() {
            return free.with(asked);
        }

        String text(Path program) {
            List<String> parts = new ArrayList<>();
            if (!free.equals(Allowed.NOTHING)) {
                parts.add(program + free.text());
            }
            if (!asked.equals(Allowed.NOTHING)) {
                parts.add(program + asked.text() + NetworkCandidates.asking(Optional.of(String.join("; ", reasons))));
            }
            return parts.isEmpty() ? Candidate.NONE : String.join(", ", parts);
        }
    }

    /** What may start on one side. Without restriction, everything may. */
    private record Programs(boolean restricted, Map<Path, Terms> granted) {
        static Programs of(Side side) {
            Map<Path, Terms> granted = new LinkedHashMap<>();
            for (CommandGrant grant : side.charter().commands().orElse(List.of())) {
                granted.put(
                        grant.program(),
                        granted.getOrDefault(grant.program(), Terms.NOTHING).with(grant));
            }
            return new Programs(side.charter().commands().isPresent(), granted);
        }

        Terms of(Path program) {
            return restricted
                    ? granted.getOrDefault(program, Terms.NOTHING)
                    : new Terms(new Allowed(true, Set.of()), Allowed.NOTHING, Set.of());
        }

        String names() {
            return restricted ? NetworkCandidates.texts(List.copyOf(granted.keySet()), Path::toString) : "any program";
        }
    }

    /** By what is granted at once, and by what is granted at all: each step between two standings shows in one of them. */
    private void compare(Path program, Terms these, Terms those, Set<List<String>> into) {
        compare(program, these.free, those.free, into);
        if (!these.asked.equals(Allowed.NOTHING) || !those.asked.equals(Allowed.NOTHING)) {
            compare(program, these.either(), those.either(), into);
        }
    }

    private void compare(Path program, Allowed these, Allowed those, Set<List<String>> into) {
        for (Arguments pattern : these.all()) {
            switch (ArgumentDifference.of(pattern, those.all())) {
                case Found.Example(List<String> arguments) -> into.add(arguments);
                case Found.TooMuch() -> doubtful.add(program);
                case Found.Nothing() -> {}
            }
        }
    }

    private Candidate candidate(Path program) {
        Optional<Candidate.Told> told = doubtful.contains(program)
                ? Optional.of(new Candidate.Told(Sign.EITHER, "comparing these patterns would take too long"))
                : Optional.empty();
        Predicate<Attempt> touches = Touching.programs(List.of(program));
        return new Candidate(
                "commands",
                before.of(program).text(program),
                after.of(program).text(program),
                difference -> touches.test(difference.attempt()),
                touches,
                samples(program),
                told);
    }

    private List<Attempt> samples(Path program) {
        List<Attempt> samples = new ArrayList<>();
        for (Allowed side :
                List.of(before.of(program).either(), after.of(program).either())) {
            for (Arguments pattern : side.all()) {
                if (ArgumentDifference.of(pattern, List.of()) instanceof Found.Example(List<String> arguments)) {
                    samples.add(Points.exec(program, arguments));
                }
            }
        }
        return samples;
    }
}
