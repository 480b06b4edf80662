package dev.pawl.policy.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What we read and what Cedar reads: texts by chance, near the language and far from it. Both accept or both refuse, but
 * for templates, which we refuse by name. {@code -Dpawl.fuzz=N} asks for N texts, {@code -Dpawl.fuzz.seed=S} for others.
 */
class ParserDifferentialTest {
    private static final int TEXTS = Integer.getInteger("pawl.fuzz", 6000);
    private static final long SEED = Long.getLong("pawl.fuzz.seed", 1);

    private static final List<String> WORDS = List.of(
            "permit",
            "forbid",
            "principal",
            "action",
            "resource",
            "context",
            "when",
            "unless",
            "if",
            "then",
            "else",
            "in",
            "is",
            "has",
            "like",
            "true",
            "false",
            "User",
            "A",
            "__cedar",
            "ip",
            "decimal",
            "contains",
            "isEmpty",
            "isIpv4",
            "getTag",
            "User::\"a\"",
            "Action::\"a\"",
            "[Action::\"a\"]",
            "::",
            ":",
            ".",
            ",",
            ";",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "=",
            "&&",
            "||",
            "!",
            "-",
            "+",
            "*",
            "/",
            "%",
            "@",
            "@a",
            "@a(\"b\")",
            "?principal",
            "?resource",
            "?x",
            "0",
            "1",
            "9223372036854775808",
            "18446744073709551616",
            "\"\"",
            "\"a\"",
            "\"*\"",
            "\"\\*\"",
            "\"\\u{1F600}\"",
            "\"\\u{d800}\"",
            "\"\\x80\"",
            "\"\\q\"",
            "\"",
            "\\",
            "// c\n",
            "//",
            "\u00a0",
            "\u200b",
            "\r",
            "\0",
            "&",
            "|",
            "#",
            "é",
            "principal,",
            "action,",
            "resource)",
            "principal.a",
            "[\"a\"]",
            "{a: 1}",
            "{\"a\": 1,}",
            "[1,]");

    private static final String CONDITION = "permit(principal,action,resource) when {%s};";

    private final Oracle oracle = new Oracle();
    private int accepted;
    private int refused;
    private int templates;

    @Test
    void bothAcceptOrBothRefuse() {
        List<String> differences = new ArrayList<>();
        for (int count = 0; count < TEXTS && differences.size() < 5; count++) {
            SplittableRandom random = new SplittableRandom(SEED * 1_000_000_007L + count);
            compare(text(random, count), differences);
        }
        System.out.printf(
                "cedar parser differential: %d texts (seed %d): both accept %d, both refuse %d, templates %d; %d differences%n",
                accepted + refused + templates, SEED, accepted, refused, templates, differences.size());
        assertThat(differences).isEmpty();
    }

    private void compare(String text, List<String> differences) {
        int theirs = oracle.parse(text);
        int ours;
        String why = "";
        try {
            ours = Policies.parse("text", text).size();
        } catch (CedarException refusal) {
            ours = -1;
            why = refusal.text();
        }
        if (why.contains("templates are not supported")) {
            templates++;
        } else if (ours != theirs) {
            differences.add("ours " + ours + " " + why + ", Cedar's " + theirs + " for\n" + text);
        } else if (ours < 0) {
            refused++;
        } else {
            accepted++;
        }
    }

    private static String text(SplittableRandom random, int count) {
        RandomPolicies policies = new RandomPolicies(random);
        return switch (count % 6) {
            case 0 -> soup(random, 1 + random.nextInt(20));
            case 1 -> CONDITION.formatted(soup(random, 1 + random.nextInt(7)));
            case 2 ->
                "permit(principal" + soup(random, random.nextInt(4)) + ",action" + soup(random, random.nextInt(4))
                        + ",resource" + soup(random, random.nextInt(3)) + ");";
            case 3 -> CONDITION.formatted(joined(random));
            default -> mutated(random, policies.policy());
        };
    }

    /** Good expressions with a word between them. */
    private static String joined(SplittableRandom random) {
        RandomExpressions expressions = new RandomExpressions(random);
        String between = soup(random, random.nextInt(2));
        return soup(random, random.nextInt(2))
                + expressions.condition()
                + between
                + (between.isEmpty() ? "" : expressions.condition());
    }

    private static String soup(SplittableRandom random, int words) {
        StringBuilder text = new StringBuilder();
        for (int count = words; count > 0; count--) {
            text.append(random.nextInt(4) == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }

    /** A policy with a few words or characters gone, doubled, or put in. */
    private static String mutated(SplittableRandom random, String policy) {
        StringBuilder text = new StringBuilder(policy);
        for (int count = random.nextInt(3); count >= 0; count--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + 1 + random.nextInt(3));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                case 2 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                default -> text.replace(at, end, WORDS.get(random.nextInt(WORDS.size())));
            }
        }
        // Half a character cannot cross the border: it is no Unicode.
        return text.toString().replaceAll("[\\ud800-\\udfff]", "");
    }
}
