package dev.pawl.policy.review;

import dev.pawl.core.Attempt;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.CommandGrant.Arguments;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.review.ArgumentDifference.Found;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What differs in the programs that may start, and the arguments that show it. For one thread. */
final class CommandCandidates {
    private static final Set<Arguments> ANYTHING = Set.of(new Arguments(List.of(), true));

    private final Programs before;
    private final Programs after;
    private final Map<Path, Set<List<String>>> examples = new LinkedHashMap<>();
    private final Set<Path> doubtful = new LinkedHashSet<>();

    CommandCandidates(Side one, Side other) {
        this.before = Programs.of(one);
        this.after = Programs.of(other);
        Set<Path> programs = new LinkedHashSet<>(before.patterns.keySet());
        programs.addAll(after.patterns.keySet());
        for (Path program : programs) {
            examples.put(program, new LinkedHashSet<>());
            compare(program, before.of(program), after.of(program));
            compare(program, after.of(program), before.of(program));
        }
    }

    /** For each program, arguments that stand for all: what one side's patterns take and the other's do not. */
    Map<Path, Set<List<String>>> arguments() {
        return examples;
    }

    Stream<Candidate> candidates() {
        if (before.restricted != after.restricted) {
            return Stream.of(new Candidate(
                    "commands",
                    before.restricted ? before.names() : "any program",
                    after.restricted ? after.names() : "any program",
                    decision -> false,
                    decision -> false,
                    attempt -> attempt instanceof Attempt.Exec,
                    List.of(),
                    Optional.empty()));
        }
        return examples.keySet().stream()
                .filter(program -> !before.of(program).equals(after.of(program)))
                .map(this::candidate);
    }

    /** What may start on one side. Without restriction, everything may. */
    private record Programs(boolean restricted, Map<Path, Set<Arguments>> patterns) {
        static Programs of(Side side) {
            Map<Path, Set<Arguments>> patterns = new LinkedHashMap<>();
            for (CommandGrant grant : side.charter().commands().orElse(List.of())) {
                patterns.computeIfAbsent(grant.program(), _ -> new LinkedHashSet<>())
                        .addAll(grant.arguments().isEmpty() ? ANYTHING : grant.arguments());
            }
            return new Programs(side.charter().commands().isPresent(), patterns);
        }

        Set<Arguments> of(Path program) {
            return restricted ? patterns.getOrDefault(program, Set.of()) : ANYTHING;
        }

        String names() {
            return NetworkCandidates.texts(List.copyOf(patterns.keySet()), Path::toString);
        }
    }

    private void compare(Path program, Set<Arguments> these, Set<Arguments> those) {
        for (Arguments pattern : these) {
            switch (ArgumentDifference.of(pattern, List.copyOf(those))) {
                case Found.Example(List<String> arguments) ->
                    examples.getOrDefault(program, Set.of()).add(arguments);
                case Found.TooMuch() -> doubtful.add(program);
                case Found.Nothing() -> {}
            }
        }
    }

    private Candidate candidate(Path program) {
        Optional<Candidate.Told> told = doubtful.contains(program)
                ? Optional.of(new Candidate.Told(Sign.EITHER, "comparing these patterns would take too long"))
                : Optional.empty();
        return new Candidate(
                "commands",
                text(program, before.of(program)),
                text(program, after.of(program)),
                decision -> false,
                decision -> false,
                attempt -> attempt instanceof Attempt.Exec exec && exec.file().equals(program.toString()),
                Stream.concat(before.of(program).stream(), after.of(program).stream())
                        .flatMap(pattern -> instance(program, pattern))
                        .toList(),
                told);
    }

    private static Stream<Attempt> instance(Path program, Arguments pattern) {
        return ArgumentDifference.of(pattern, List.of()) instanceof Found.Example(List<String> arguments)
                ? Stream.of(Points.exec(program, arguments))
                : Stream.empty();
    }

    private static String text(Path program, Set<Arguments> patterns) {
        if (patterns.isEmpty()) {
            return Candidate.NONE;
        }
        return patterns.equals(ANYTHING)
                ? program + " with any arguments"
                : patterns.stream().map(CommandCandidates::text).collect(Collectors.joining(" | ", program + " ", ""));
    }

    private static String text(Arguments arguments) {
        String text = CharterText.text(arguments);
        return text.isEmpty() ? "\"\"" : text;
    }
}
