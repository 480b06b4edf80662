package dev.pawl.policy.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluation ends after a stated number of steps, whatever the policies and whatever the request holds. */
class BoundTest {
    private static final int MANY = 20_000;

    /** A context as large as somebody could make it. */
    private static final Value.Record LARGE = Value.Record.of(Map.of(
            "numbers", numbers(0),
            "others", numbers(MANY),
            "long", new Value.Text("a".repeat(1 << 20)),
            "long2", new Value.Text("a".repeat((1 << 20) - 1) + "b"),
            "set", sets(),
            "set2", sets()));

    private static Value.Set numbers(long from) {
        return Value.Set.of(
                LongStream.range(from, from + MANY).mapToObj(Value.Int::new).toList());
    }

    private static Value.Set sets() {
        return Value.Set.of(IntStream.range(0, MANY / 4)
                .mapToObj(number -> Value.Set.of(List.of(new Value.Text("a".repeat(200)), new Value.Int(number))))
                .toList());
    }

    private static Answer decide(String condition, int times) throws CedarException {
        String policies = ("permit(principal,action,resource) when {" + condition + "};\n").repeat(times);
        Request request = new Request(Scene.ANNA, Scene.READ, Scene.REPORT, LARGE);
        return PolicySet.of(Policies.parse("test", policies)).decide(request, Scene.ENTITIES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "context.numbers.containsAll(context.numbers)",
                "context.numbers.containsAny(context.others)",
                "context.set == context.set2",
                "context.set.containsAll(context.set2)",
                "[context.set].contains(context.set2)",
                "context.long == context.long2",
                "context.long like \"*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab*\"",
                "context.long like \"a*a*a*a*a*a*a*a*a*a*a*a*b\"",
                "principal in [context.set2]",
                "ip(context.long).isIpv4()",
                "decimal(context.long) == 1",
                "duration(context.long) == 1"
            })
    void expensiveConditionsEndAndThePolicyIsReported(String condition) throws CedarException {
        long start = System.nanoTime();
        Answer answer = decide(condition, 2000);
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        System.out.println(
                "cedar bound: " + milliseconds + " ms, " + answer.failures().size() + " of 2000 failed: " + condition);
        assertThat(milliseconds).isLessThan(10_000);
        assertThat(answer.failures()).isNotEmpty();
    }

    @Test
    void whatIsLeftWhenTheStepsAreUsedUpFailsAndSaysSo() throws CedarException {
        Answer answer = decide("context.numbers.containsAll(context.numbers)", 100);
        assertThat(answer.determining()).isNotEmpty();
        assertThat(answer.failures().getLast().message()).isEqualTo("the decision takes more than 1000000 steps");
        assertThat(answer.failures().getLast().policy().id()).isEqualTo("policy99");
        assertThat(answer.determining().size() + answer.failures().size()).isEqualTo(100);
    }

    @Test
    void ancestorsAreCountedToo() throws CedarException {
        Set<EntityUid> ancestors = new HashSet<>();
        IntStream.range(0, MANY).forEach(number -> ancestors.add(new EntityUid("Group", "g" + number)));
        Entity crowded = Entity.of(Scene.ANNA, ancestors);
        String policies = "permit(principal,action,resource) when {principal in [A::\"a\", A::\"b\"]};\n".repeat(100);
        Answer answer = PolicySet.of(Policies.parse("test", policies))
                .decide(Scene.REQUEST, uid -> uid.equals(Scene.ANNA) ? crowded : null);
        assertThat(answer.failures()).hasSizeGreaterThan(40);
    }

    @Test
    void deepValuesAreRefusedAndAllowedOnesAreComparedOnASmallStack() throws Exception {
        List<Value> nested = new ArrayList<>(List.of(Value.Set.of(), Value.Set.of()));
        for (int depth = 1; depth < Limits.VALUE_NESTING; depth++) {
            nested.replaceAll(
                    value -> depthOf(value) % 2 == 0 ? Value.Record.of("a", value) : Value.Set.of(List.of(value)));
        }
        assertThatThrownBy(() -> Value.Set.of(nested)).hasMessage("values nest deeper than 200");
        assertThatThrownBy(() -> Value.Record.of("a", nested.getFirst())).hasMessage("values nest deeper than 200");
        List<Object> result = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> result.add(nested.getFirst().equals(nested.getLast())
                        && nested.getFirst().hashCode() == nested.getLast().hashCode()
                        && nested.getFirst().toString().equals(nested.getLast().toString())),
                "small stack",
                256 << 10);
        thread.start();
        thread.join();
        assertThat(result).containsExactly(true);
    }

    private static int depthOf(Value value) {
        return value instanceof Value.Set set ? set.depth : value instanceof Value.Record record ? record.depth : 0;
    }
}
