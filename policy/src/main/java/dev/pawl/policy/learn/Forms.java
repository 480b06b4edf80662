package dev.pawl.policy.learn;

import dev.pawl.core.CommandGrant.Arguments;
import dev.pawl.core.ProcessInfo;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.Shown;
import dev.pawl.policy.review.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The narrowest patterns a charter can write for arguments that were seen. Each of their words is one argument as it was,
 * or a star: for what no pattern can say (a space, nothing at all, a character nobody sees) and for what looks like a
 * secret, since a charter is read by many.
 */
final class Forms {
    /** More ways than this to call a program say that its arguments are not what holds it. */
    static final int MOST = 16;

    private static final String ANY = "*";
    private static final int LONGEST_WORD = 200;
    private static final int LONGEST_TEXT = 4_000;

    private Forms() {}

    /** Patterns for all of these command lines, none of which another covers; empty means any arguments. */
    static List<Arguments> of(List<List<String>> commandLines) {
        Set<Arguments> all = new LinkedHashSet<>();
        for (List<String> argv : commandLines) {
            if (!complete(argv)) {
                return List.of();
            }
            all.add(narrowest(argv));
        }
        List<Arguments> needed = all.stream()
                .filter(one -> all.stream().noneMatch(other -> !other.equals(one) && covers(other, one)))
                .toList();
        return needed.size() > MOST ? List.of() : needed;
    }

    /** Whether a command line was recorded whole; one that was not matches no pattern. */
    static boolean complete(List<String> argv) {
        return argv.size() < ProcessInfo.MAX_ARGUMENTS && argv.stream().noneMatch(argument -> argument.endsWith("…"));
    }

    private static Arguments narrowest(List<String> argv) {
        List<String> words = new ArrayList<>();
        for (int i = 1; i < argv.size() && words.size() < Arguments.MAX_WORDS; i++) {
            boolean secret = Secrets.argument(argv.get(i - 1), argv.get(i));
            words.add(secret || !sayable(argv.get(i)) ? ANY : argv.get(i).replace("*", "\\*"));
        }
        while (CharterText.text(new Arguments(words, true)).length() > LONGEST_TEXT) {
            words.removeLast();
        }
        return new Arguments(words, words.size() < argv.size() - 1);
    }

    private static boolean sayable(String argument) {
        return !argument.isEmpty()
                && argument.length() <= LONGEST_WORD
                && argument.codePoints()
                        .noneMatch(c -> Shown.steers(c)
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || (c & 0xfffe) == 0xfffe);
    }

    private static boolean covers(Arguments wide, Arguments narrow) {
        boolean length = wide.more()
                ? narrow.words().size() >= wide.words().size()
                : !narrow.more() && narrow.words().size() == wide.words().size();
        if (!length) {
            return false;
        }
        for (int i = 0; i < wide.words().size(); i++) {
            String word = wide.words().get(i);
            if (!word.equals(ANY) && !word.equals(narrow.words().get(i))) {
                return false;
            }
        }
        return true;
    }
}
