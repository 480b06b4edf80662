package dev.pawl.policy.review;

import dev.pawl.core.CommandGrant.Arguments;
import dev.pawl.core.RequestRule;
import dev.pawl.policy.review.ArgumentDifference.Found;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds a request that one list of rules lets through and another does not. Paths are compared as arguments are, segment by segment. */
final class RequestDifference {
    /** Stands for every method that no rule names. */
    private static final String OTHER = "OTHER";

    private RequestDifference() {}

    /** What a comparison found. */
    sealed interface Result {
        /** Nothing: what the one lets through, the other does too. */
        record Nothing() implements Result {}

        /** This request. */
        record Example(String request) implements Result {}

        /** It is too much to say. */
        record Unknown() implements Result {}
    }

    /** A request that one of {@code rules} matches and none of {@code others} does. */
    static Result of(List<RequestRule> rules, List<RequestRule> others) {
        Set<String> methods = new TreeSet<>();
        rules.forEach(rule -> methods.add(rule.method().equals("*") ? OTHER : rule.method()));
        others.stream().filter(rule -> !rule.method().equals("*")).forEach(rule -> methods.add(rule.method()));
        boolean unknown = false;
        for (RequestRule rule : rules) {
            for (String method : methods) {
                if (!matches(rule, method)) {
                    continue;
                }
                Optional<Arguments> pattern = pattern(rule);
                List<Optional<Arguments>> rest = others.stream()
                        .filter(other -> matches(other, method))
                        .map(RequestDifference::pattern)
                        .toList();
                if (pattern.isEmpty() || rest.stream().anyMatch(Optional::isEmpty)) {
                    unknown = true;
                    continue;
                }
                switch (ArgumentDifference.of(
                        pattern.get(), rest.stream().flatMap(Optional::stream).toList())) {
                    case Found.Nothing _ -> {}
                    case Found.TooMuch _ -> unknown = true;
                    case Found.Example(List<String> segments) -> {
                        return new Result.Example((method.equals(OTHER) ? "any other method" : method) + " /"
                                + String.join("/", segments));
                    }
                }
            }
        }
        return unknown ? new Result.Unknown() : new Result.Nothing();
    }

    private static boolean matches(RequestRule rule, String method) {
        return rule.method().equals("*") || rule.method().equals(method);
    }

    /** Empty where a rule has more segments than a pattern for arguments has words. */
    private static Optional<Arguments> pattern(RequestRule rule) {
        return rule.segments().size() > Arguments.MAX_WORDS
                ? Optional.empty()
                : Optional.of(new Arguments(rule.segments(), rule.more()));
    }
}
