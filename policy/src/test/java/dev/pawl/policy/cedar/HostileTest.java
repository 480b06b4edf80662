package dev.pawl.policy.cedar;

import static dev.pawl.policy.cedar.Scene.refusal;
import static dev.pawl.policy.cedar.Scene.refusedCondition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that are made to hurt: refused with line and column, or harmless. */
class HostileTest {
    private static String nested(String open, String inner, String close, int times) {
        return open.repeat(times) + inner + close.repeat(times);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(§)",
                "[§]",
                "{a: §}",
                "[].contains(§)",
                "ip(§)",
                "!(§)",
                "-(§)",
                "if § then 1 else 2",
                "if true then 1 else §",
                "§.a",
                "§[\"a\"]",
                "§.isIpv4()",
                "§ + 1",
                "§ * 2",
                "(§ == 1)",
                "(§ has a)",
                "(§ is A in b)"
            })
    void whatNestsTooDeepIsRefusedAndWhatNestsAllowedIsNotTooDeepForTheStack(String form) throws Exception {
        String open = form.substring(0, form.indexOf('§'));
        String close = form.substring(form.indexOf('§') + 1).replace(" b)", " principal)");
        assertThat(refusedCondition(nested(open, "1", close, 20_000)))
                .matches("2:\\d+: expressions nest deeper than 64");
        assertThat(refusedCondition(nested(open, "1", close, Limits.NESTING)))
                .matches("2:\\d+: expressions nest deeper than 64");
        survives(nested(open, "1", close, Limits.NESTING - 2));
    }

    /** Everything that walks the tree, on less than the stack that the launcher gives a thread, and in cold code. */
    private static void survives(String expression) throws InterruptedException {
        AtomicReference<Object> result = new AtomicReference<>("nothing");
        Thread thread = new Thread(
                null,
                () -> {
                    CedarPolicy policy =
                            Scene.parsePolicy("permit(principal,action,resource) when {" + expression + "};");
                    CedarPolicy again = Scene.parsePolicy(policy.text());
                    PolicySet set = PolicySet.of(List.of(again));
                    set.decide(Scene.REQUEST, Scene.ENTITIES);
                    result.set(policy.equals(again) && policy.hashCode() == again.hashCode());
                },
                "small stack",
                320 << 10);
        thread.setUncaughtExceptionHandler((_, failure) -> result.set(failure));
        thread.start();
        thread.join();
        assertThat(result.get()).isEqualTo(true);
    }

    @Test
    void openBracketsOfTheHeadAreCountedToo() {
        assertThat(refusal("permit(principal == " + "(".repeat(100_000)))
                .isEqualTo("1:86: brackets nest deeper than 64");
        assertThat(refusal("permit(principal,action in " + "(".repeat(100_000)))
                .isEqualTo("1:93: brackets nest deeper than 64");
    }

    @Test
    void longChainsAreFlat() throws InterruptedException {
        survives("true" + " && true".repeat(Limits.MEMBERS - 1));
        survives("false" + " || (false && 1)".repeat(Limits.MEMBERS - 1));
        assertThat(refusedCondition("true" + " && true".repeat(Limits.MEMBERS)))
                .isEqualTo("2:80005: at most 10000 of these may stand side by side");
    }

    @Test
    void everyLengthHasItsLimit() {
        assertThat(refusal(" ".repeat(Limits.TEXT + 1))).isEqualTo("1:1: a policy text has at most 1048576 characters");
        assertThat(refusal("permit(principal,action,resource);\n".repeat(Limits.POLICIES)))
                .isEqualTo("accepted 10000");
        assertThat(refusal("permit(principal,action,resource);\n".repeat(Limits.POLICIES + 1)))
                .isEqualTo("10001:1: a text has at most 10000 policies");
        assertThat(refusedCondition("\"" + "a".repeat(Limits.STRING + 1) + "\""))
                .isEqualTo("2:1: a string has at most 65536 characters");
        assertThat(refusedCondition("principal like \"" + "*a".repeat(Limits.PATTERN) + "\""))
                .isEqualTo("2:16: a pattern has at most 4096 characters");
        assertThat(refusedCondition("context." + "a".repeat(Limits.IDENTIFIER + 1)))
                .isEqualTo("2:9: an identifier has at most 256 characters");
        assertThat(refusedCondition("A" + "::A".repeat(Limits.IDENTIFIER) + "::\"a\""))
                .isEqualTo("2:1: a name has at most 256 parts");
        assertThat(refusedCondition("[" + "1,".repeat(Limits.MEMBERS + 1) + "]"))
                .endsWith("at most 10000 of these may stand side by side");
        assertThat(refusal(
                        "permit(principal,action in [" + "Action::\"a\",".repeat(Limits.MEMBERS + 1) + "],resource);"))
                .isEqualTo("1:120029: a list has at most 10000 actions");
        assertThat(refusal("@a1 ".repeat(2) + "permit(principal,action,resource);"))
                .isEqualTo("1:6: the annotation @a1 stands there twice");
        assertThat(refusal("permit(principal,action,resource)" + " when {true}".repeat(Limits.CLAUSES + 1) + ";"))
                .isEqualTo("1:1235: a policy has at most 100 conditions");
        assertThat(refusedCondition("context has a" + ".a".repeat(Limits.NESTING)))
                .endsWith("expressions nest deeper than 64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?principal == principal",
                "principal == ?resource",
                "foo(1)",
                "foo",
                "principal.foo()",
                "principal / 2",
                "5 % 2",
                "context.a = 1",
                "1 == 1 == 1",
                "!!!!!true",
                "-----1",
                "User::{a: 1}",
                "a::b",
                "principal(1)",
                "\"\\q\"",
                "\"\\xff\"",
                "\"\\u{110000}\"",
                "\"\\u{d800}\"",
                "\"\\*\"",
                "\"open",
                "9223372036854775808",
                "-9223372036854775809",
                "[1].contains()",
                "[1].contains(1, 2)",
                "{a: 1, \"a\": 2}",
                "{if: 1}",
                "context.__cedar",
                "principal has if",
                "1 & 2",
                "\ud800",
                "\"\ud800\"",
                "principal is User::\"a\"",
                "principal like a",
                "context[a]",
                "true ? 1 : 2",
                "'a'",
                ""
            })
    void whatIsNoCedarIsRefusedInItsLine(String expression) {
        assertThat(refusedCondition(expression)).matches("(?s)[12]:\\d+: .+");
    }

    @Test
    void refusalsSayWhatIsWrongAndWhere() {
        assertThat(refusal("permit(principal == ?principal, action, resource);"))
                .isEqualTo("1:21: templates are not supported: ?principal");
        assertThat(refusedCondition("context.mode / 2 == 1"))
                .isEqualTo("2:14: '/' is not supported: there is no division");
        assertThat(refusedCondition("resource.hasPrefix(\"a\")")).isEqualTo("2:10: there is no method 'hasPrefix'");
        assertThat(refusedCondition("startsWith(\"a\")")).isEqualTo("2:1: there is no function 'startsWith'");
        assertThat(refusedCondition("user == principal"))
                .isEqualTo("2:1: there is no variable 'user'; strings stand in quotes");
        assertThat(refusedCondition("\"🐾\" == \"\\q\""))
                .isEqualTo("2:9: no such escape; there are \\n \\r \\t \\0 \\\\ \\' \\\" \\x7f \\u{1f600}");
        assertThat(refusal("permit(principal, action == User::\"a\", resource);"))
                .isEqualTo("1:29: an action has the type Action, in any namespace, not User");
        assertThat(refusal("permit(principal, action, resource)"))
                .isEqualTo("1:36: expected ';', found the end of the text");
        assertThat(refusal("allow(principal, action, resource);"))
                .isEqualTo("1:1: expected permit or forbid, found 'allow'");
    }

    /** As many names with one hash as there is room for: hash tables degrade to trees, not to lists. */
    @Test
    void collidingNamesDoNotSlowReadingDown() {
        List<String> names = new ArrayList<>(List.of(""));
        for (int length = 0; length < 13; length++) {
            names = new ArrayList<>(names.stream()
                    .flatMap(name -> List.of(name + "Aa", name + "BB").stream())
                    .toList());
        }
        assertThat(names.stream().map(String::hashCode).distinct()).hasSize(1);
        String fields = String.join(": 1, ", names) + ": 1";
        String uids = "User::\"" + String.join("\", User::\"", names) + "\"";
        CedarPolicy policy = Scene.parsePolicy("permit(principal,action,resource) when { principal in [" + uids
                + "] || {" + fields + "}.AaAaAaAaAaAaAaAaAaAaAaAaBB == 1 };");
        long start = System.nanoTime();
        PolicySet set = PolicySet.of(List.of(policy));
        for (int count = 0; count < 1000; count++) {
            assertThat(set.decide(Scene.REQUEST, Scene.ENTITIES).allowed()).isTrue();
        }
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }
}
