package dev.pawl.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.CommandGrant.Arguments;
import dev.pawl.policy.review.ArgumentDifference.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The difference of argument patterns, against every short list of arguments and a matcher written another way. */
final class ArgumentDifferenceTest {
    private static final Arguments ANY = new Arguments(List.of(), true);

    @Test
    void findsTheShortestExample() {
        assertThat(difference("push **", "push origin *")).isEqualTo(example("push"));
        assertThat(difference("push origin *", "push **")).isEqualTo(new Found.Nothing());
        assertThat(difference("log *", "log --*", "log HEAD")).isEqualTo(example("log", ""));
        assertThat(difference("a*", "a\\*", "a", "ax*")).isEqualTo(example("aa"));
        assertThat(difference("a\\*", "a*")).isEqualTo(new Found.Nothing());
        assertThat(difference("", "x")).isEqualTo(new Found.Example(List.of()));
        assertThat(ArgumentDifference.of(ANY, List.of())).isEqualTo(new Found.Example(List.of()));
        assertThat(difference("*x*", "*")).isEqualTo(new Found.Nothing());
        assertThat(difference("*", "*x*")).isEqualTo(example(""));
        assertThat(difference("𝔘*", "𝔘")).isEqualTo(example("𝔘x"));
    }

    @Test
    void severalPatternsMayCoverOneTogether() {
        assertThat(ArgumentDifference.of(ANY, List.of(pattern(""), pattern("*"), pattern("* * **"))))
                .isEqualTo(new Found.Nothing());
        assertThat(ArgumentDifference.of(ANY, List.of(pattern(""), pattern("* * **"))))
                .isEqualTo(example(""));
    }

    @Test
    void givesUpOnWhatWouldTakeForEver() {
        List<String> letters = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
        Random random = new Random(3);
        List<Arguments> others = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Collections.shuffle(letters, random);
            others.add(pattern("*" + String.join("*", letters) + "*"));
        }
        assertThat(ArgumentDifference.of(pattern("*a*b*c*d*e*f*g*h*i*j*"), others))
                .isEqualTo(new Found.TooMuch());
    }

    @Test
    void agreesWithEveryShortListOfArguments() {
        Random random = new Random(7);
        List<List<String>> universe = lists();
        int examples = 0;
        for (int round = 0; round < 3000; round++) {
            Arguments pattern = random(random);
            List<Arguments> others = Stream.generate(() -> random(random))
                    .limit(random.nextInt(4))
                    .toList();
            switch (ArgumentDifference.of(pattern, others)) {
                case Found.Nothing() ->
                    assertThat(universe)
                            .as(pattern + " against " + others)
                            .noneMatch(arguments -> differs(pattern, others, arguments));
                case Found.Example(List<String> arguments) -> {
                    examples++;
                    assertThat(differs(pattern, others, arguments))
                            .as(pattern + " against " + others + ": " + arguments)
                            .isTrue();
                }
                case Found.TooMuch() -> throw new AssertionError(pattern + " against " + others);
            }
        }
        assertThat(examples).isBetween(500, 2900);
    }

    private static boolean differs(Arguments pattern, List<Arguments> others, List<String> arguments) {
        return takes(pattern, arguments) && others.stream().noneMatch(other -> takes(other, arguments));
    }

    private static boolean takes(Arguments pattern, List<String> arguments) {
        int words = pattern.words().size();
        if (arguments.size() < words || (arguments.size() > words && !pattern.more())) {
            return false;
        }
        for (int i = 0; i < words; i++) {
            if (!glob(pattern.words().get(i), arguments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean glob(String glob, String text) {
        if (glob.isEmpty()) {
            return text.isEmpty();
        }
        if (glob.startsWith("\\*")) {
            return text.startsWith("*") && glob(glob.substring(2), text.substring(1));
        }
        if (glob.startsWith("*")) {
            return glob(glob.substring(1), text) || (!text.isEmpty() && glob(glob, text.substring(1)));
        }
        return !text.isEmpty() && glob.charAt(0) == text.charAt(0) && glob(glob.substring(1), text.substring(1));
    }

    /** Every list of at most three words of at most two of three characters. */
    private static List<List<String>> lists() {
        List<String> words = new ArrayList<>(List.of(""));
        for (String first : List.of("a", "b", "*")) {
            words.add(first);
            List.of("a", "b", "*").forEach(second -> words.add(first + second));
        }
        List<List<String>> lists = new ArrayList<>(List.of(List.of()));
        for (String one : words) {
            lists.add(List.of(one));
            for (String two : words) {
                lists.add(List.of(one, two));
                words.forEach(three -> lists.add(List.of(one, two, three)));
            }
        }
        return lists;
    }

    private static Arguments random(Random random) {
        List<String> pieces = List.of("a", "b", "*", "\\*", "*");
        List<String> words = Stream.generate(() -> Stream.generate(() -> pieces.get(random.nextInt(pieces.size())))
                        .limit(1 + random.nextInt(2))
                        .reduce("", String::concat))
                .limit(random.nextInt(3))
                .toList();
        return new Arguments(words, random.nextBoolean());
    }

    private static Arguments pattern(String text) {
        List<String> words = text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
        boolean more = !words.isEmpty() && words.getLast().equals("**");
        return new Arguments(more ? words.subList(0, words.size() - 1) : words, more);
    }

    private static Found difference(String pattern, String... others) {
        return ArgumentDifference.of(
                pattern(pattern),
                Arrays.stream(others).map(ArgumentDifferenceTest::pattern).toList());
    }

    private static Found example(String... arguments) {
        return new Found.Example(List.of(arguments));
    }
}
