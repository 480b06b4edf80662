package dev.pawl.policy.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies as text, and back. */
class PolicyTextTest {
    @Test
    void aPolicyIsWrittenReadably() {
        CedarPolicy policy = Scene.parsePolicy(
                "@id(\"a\") @because(\"it says \\\"so\\\"\") @quiet forbid(principal is User in "
                        + "Group::\"x\",action in[Action::\"r\",Action::\"w\"],resource==App::Doc::\"\\u{7}\") when{(context.a+1)*2==4"
                        + "&&(resource.b||context[\"a b\"]like\"*\\*\\u{2a}\")}unless{[1,].contains(if true then -1 else -(2))};");
        assertThat(policy.text()).isEqualTo("""
                        @id("a")
                        @because("it says \\"so\\"")
                        @quiet
                        forbid (principal is User in Group::"x", action in [Action::"r", Action::"w"], resource == App::Doc::"\\u{7}")
                        when { (context.a + 1) * 2 == 4 && (resource.b || context["a b"] like "*\\**") }
                        unless { [1].contains(if true then -1 else -(2)) };""");
        assertThat(policy.annotations()).isEqualTo(Map.of("id", "a", "because", "it says \"so\"", "quiet", ""));
        assertThat(policy.line()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 2 + 3",
                "1 + (2 + 3)",
                "1 - (2 - 3)",
                "(1 + 2) * 3",
                "1 * 2 * 3",
                "1 * (2 * 3)",
                "true && (true && true)",
                "(true || false) && true",
                "true || false && true",
                "!(!true)",
                "!principal.a",
                "!(1 == 2)",
                "-(-1)",
                "-(1)",
                "-1",
                "-(context.a)",
                "-context.a",
                "(-1).a",
                "1 - -1",
                "(if true then 1 else 2) + 3",
                "if (if true then true else false) then 1 else 2",
                "(1 == 1) == true",
                "(context has a) && context has a.b.c",
                "context has \"a b\"",
                "context.a.b[\"c d\"].e",
                "{}",
                "[]",
                "{a: 1, \"b c\": [1, {d: 2}]}",
                "context[\"if\"]",
                "(principal in resource) in action",
                "principal is A::B in C::\"d\"",
                "principal is User in (if true then User::\"a\" else User::\"b\")",
                "\"a\".b",
                "ip(\"::1\").isInRange(ip(\"::/0\"))",
                "principal.hasTag(\"a\") && principal.getTag(\"a\") == 1",
                "\"\\u{202e}\" == \"\\0\\t\\n\\r\\\\\\\"\"",
                "(1 < 2) == (2 >= 1)"
            })
    void whatIsWrittenParsesBackEqual(String expression) {
        Expression parsed = Scene.parse(expression);
        String written = ExpressionText.of(parsed);
        assertThat(Scene.parse(written)).as(written).isEqualTo(parsed);
        assertThat(ExpressionText.of(Scene.parse(written))).isEqualTo(written);
    }

    @Test
    void noParenthesesAreWrittenThatNobodyNeeds() {
        for (String text : List.of(
                "1 + 2 * 3 == 7 || !true && context.a.b in principal",
                "(1 + 2) * -3",
                "principal has a.b",
                "a::B::\"c\" == principal")) {
            assertThat(ExpressionText.of(Scene.parse(text))).isEqualTo(text);
        }
    }

    @Test
    void randomPoliciesSurviveTheRoundTrip() throws CedarException {
        for (int seed = 0; seed < 3000; seed++) {
            String text = new RandomPolicies(new SplittableRandom(seed)).policy();
            CedarPolicy policy = Policies.parse("one", text).getFirst();
            CedarPolicy again = Policies.parse("two", policy.text()).getFirst();
            assertThat(again).as(policy.text()).isEqualTo(policy);
            assertThat(again.hashCode()).isEqualTo(policy.hashCode());
            assertThat(again.text()).isEqualTo(policy.text());
        }
    }

    @Test
    void policiesAreNumberedAndKnowTheirLine() throws CedarException {
        List<CedarPolicy> policies = Policies.parse(
                "a.cedar", "// first\npermit(principal,action,resource);\n\n@a\nforbid(principal,action,resource);");
        assertThat(policies.stream().map(CedarPolicy::id)).containsExactly("policy0", "policy1");
        assertThat(policies.stream().map(CedarPolicy::line)).containsExactly(2, 4);
        assertThat(policies.getFirst().source()).isEqualTo("a.cedar");
        assertThat(policies.getLast().effect()).isEqualTo(Effect.FORBID);
        assertThat(policies.getFirst().withId("other").id()).isEqualTo("other");
        assertThat(policies.getFirst().withId("other")).isNotEqualTo(policies.getFirst());
    }

    @Test
    void aRefusalNamesItsPlace() {
        try {
            Policies.parse("dir/b.cedar", "permit(principal,\n  action,\n  resourc);");
            throw new AssertionError("accepted");
        } catch (CedarException refused) {
            assertThat(refused.text()).isEqualTo("dir/b.cedar:3:3: expected 'resource', found 'resourc'");
            assertThat(refused.source()).isEqualTo("dir/b.cedar");
        }
    }
}
