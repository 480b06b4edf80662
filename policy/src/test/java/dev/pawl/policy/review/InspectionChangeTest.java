package dev.pawl.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Inspection;
import dev.pawl.core.Leaks;
import dev.pawl.core.RequestRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said of two lists of requests, against every request of a small world matched by other means. */
class InspectionChangeTest {
    private static final int PAIRS = 3_000;
    private static final List<String> METHODS = List.of("GET", "POST", "PUT");
    private static final List<String> SEGMENTS = List.of("a", "b", "ab", "*", "a*", "*b", "");

    private final Random random = new Random(11);

    @Test
    void signsAreWhatBruteForceFinds() {
        List<List<String>> paths = paths();
        Map<Sign, Integer> seen = new EnumMap<>(Sign.class);
        for (int pair = 0; pair < PAIRS; pair++) {
            List<RequestRule> before = rules();
            List<RequestRule> after = random.nextBoolean() ? rules() : changed(before);
            Sign expected = expected(before, after, paths);
            Candidate.Told told = InspectionChange.of(inspection(before), inspection(after));
            assertThat(told.sign())
                    .as(before + " to " + after + ": " + told.because())
                    .isEqualTo(expected);
            seen.merge(expected, 1, Integer::sum);
        }
        assertThat(seen).hasSize(Sign.values().length);
        assertThat(seen.values()).allMatch(count -> count > PAIRS / 50);
    }

    @Test
    void uploadAndLeaks() {
        Inspection small = new Inspection(List.of(), OptionalLong.of(10), Leaks.BLOCK);
        Inspection large = new Inspection(List.of(), OptionalLong.of(20), Leaks.ASK);
        assertThat(InspectionChange.of(small, large))
                .isEqualTo(new Candidate.Told(Sign.LOOSER, "a request may send more; leaks: ask instead of block"));
        assertThat(InspectionChange.of(large, small).sign()).isEqualTo(Sign.TIGHTER);
        assertThat(InspectionChange.of(small, Inspection.ANY).sign()).isEqualTo(Sign.LOOSER);
    }

    private static Inspection inspection(List<RequestRule> rules) {
        return new Inspection(rules, OptionalLong.empty(), Leaks.BLOCK);
    }

    private List<RequestRule> rules() {
        List<RequestRule> rules = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            rules.add(rule());
        }
        return rules;
    }

    private RequestRule rule() {
        List<String> segments = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            segments.add(SEGMENTS.get(random.nextInt(SEGMENTS.size() - 1)));
        }
        String method = random.nextInt(3) == 0 ? "*" : METHODS.get(random.nextInt(2));
        Optional<String> ask = random.nextInt(3) == 0 ? Optional.of("why") : Optional.empty();
        return new RequestRule("r", method, segments, random.nextInt(3) == 0, ask);
    }

    private List<RequestRule> changed(List<RequestRule> rules) {
        List<RequestRule> changed = new ArrayList<>(rules);
        if (!changed.isEmpty() && random.nextBoolean()) {
            changed.remove(random.nextInt(changed.size()));
        } else {
            changed.add(rule());
        }
        return changed;
    }

    private static List<List<String>> paths() {
        List<String> words = List.of("", "a", "b", "ab", "x", "ax", "xb", "aab");
        List<List<String>> paths = new ArrayList<>(List.of(List.of()));
        for (String one : words) {
            paths.add(List.of(one));
            for (String two : words) {
                paths.add(List.of(one, two));
                words.forEach(three -> paths.add(List.of(one, two, three)));
            }
        }
        return paths;
    }

    private static Sign expected(List<RequestRule> before, List<RequestRule> after, List<List<String>> paths) {
        Sign sign = Sign.SAME;
        for (String method : METHODS) {
            for (List<String> path : paths) {
                int change = rank(after, method, path) - rank(before, method, path);
                sign = sign.with(change > 0 ? Sign.LOOSER : change < 0 ? Sign.TIGHTER : Sign.SAME);
            }
        }
        return sign;
    }

    private static int rank(List<RequestRule> rules, String method, List<String> path) {
        if (rules.isEmpty()) {
            return 2;
        }
        return rules.stream()
                .filter(rule -> rule.method().equals("*") || rule.method().equals(method))
                .filter(rule -> matches(rule, path))
                .mapToInt(rule -> rule.ask().isPresent() ? 1 : 2)
                .max()
                .orElse(0);
    }

    private static boolean matches(RequestRule rule, List<String> path) {
        int count = rule.segments().size();
        if (path.size() < count || (path.size() > count && !rule.more())) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!path.get(i).matches(rule.segments().get(i).replace("*", ".*"))) {
                return false;
            }
        }
        return true;
    }
}
