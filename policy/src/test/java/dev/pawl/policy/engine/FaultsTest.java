package dev.pawl.policy.engine;

import static dev.pawl.policy.Attempts.dial;
import static dev.pawl.policy.Attempts.exec;
import static dev.pawl.policy.Attempts.named;
import static dev.pawl.policy.Attempts.raw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.policy.Bench;
import dev.pawl.policy.cedar.PolicySet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever throws at whatever step of a decision, the attempt is denied, also one that is granted otherwise. */
class FaultsTest {
    private static final List<Attempt> ATTEMPTS = List.of(
            new Attempt.Resolve("a.example.com", "A"),
            named("a.example.com", 443),
            raw("127.0.0.1", 80),
            dial("203.0.113.9", 443, false),
            new Attempt.LocalConnect("/tmp/x", true),
            exec("/usr/bin/ls"));

    @TempDir
    Path temporary;

    Optional<PolicyEngine> engine = Optional.empty();

    @BeforeEach
    void load() throws Exception {
        engine = Optional.of(PolicyEngine.of(Bench.in(temporary).bundle(Bench.MINIMAL + """
                        network: {allow: [{host: a.example.com}]}
                        boundaries:
                          - id: looks-up
                            never: N
                            because: B
                            cedar: forbid (principal in Organization::"none", action, resource);
                        """)));
    }

    static Stream<Throwable> thrown() {
        return Stream.of(
                new IllegalStateException("broken"),
                new NullPointerException(),
                new IllegalArgumentException("\u001b[2J"),
                new StackOverflowError(),
                new OutOfMemoryError("as if"),
                new NoClassDefFoundError("dev/pawl/Gone"),
                new AssertionError("never"),
                new IllegalStateException() {
                    @Override
                    public String getMessage() {
                        throw new StackOverflowError("cannot even be told");
                    }
                });
    }

    @Test
    void withoutFaultsAllOfThemAreAllowed() {
        PolicyEngine sound = engine.orElseThrow();
        assertThat(ATTEMPTS)
                .allSatisfy(attempt -> assertThat(sound.decide(attempt).allowed())
                        .as(attempt.toString())
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aFaultWhereTheQuestionIsMade(Throwable fault) {
        PolicyEngine.Steps sound = engine.orElseThrow().steps();
        denies(new PolicyEngine.Steps(_ -> fail(fault), sound.answers(), sound.decisions()));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aFaultWhereAnEntityIsLookedUp(Throwable fault) {
        PolicyEngine.Steps sound = engine.orElseThrow().steps();
        PolicySet policies = PolicySet.of(
                engine.orElseThrow().rules().stream().map(Rule::policy).toList());
        denies(new PolicyEngine.Steps(
                sound.questions(),
                question -> policies.decide(question.request(), _ -> fail(fault)),
                sound.decisions()));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aFaultWhereRulesAreEvaluated(Throwable fault) {
        PolicyEngine.Steps sound = engine.orElseThrow().steps();
        denies(new PolicyEngine.Steps(sound.questions(), _ -> fail(fault), sound.decisions()));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aFaultWhereTheAnswerIsRead(Throwable fault) {
        PolicyEngine.Steps sound = engine.orElseThrow().steps();
        denies(new PolicyEngine.Steps(sound.questions(), sound.answers(), (_, _, _) -> fail(fault)));
    }

    @Test
    void noQuestionIsNoPermission() {
        PolicyEngine.Steps sound = engine.orElseThrow().steps();
        denies(new PolicyEngine.Steps(_ -> List.of(), sound.answers(), sound.decisions()));
    }

    private void denies(PolicyEngine.Steps steps) {
        PolicyEngine faulty = engine.orElseThrow().with(steps);
        for (Attempt attempt : ATTEMPTS) {
            Decision decision = faulty.decide(attempt);
            assertThat(decision.allowed()).as(attempt.toString()).isFalse();
            assertThat(decision.rule()).isEqualTo("policy-error");
            assertThat(decision.by()).isEqualTo("policy");
            assertThat(decision.because())
                    .startsWith("the policy failed")
                    .matches(text -> text.chars().noneMatch(Character::isISOControl));
        }
    }

    /** Throws what it is given: all of them are unchecked. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // Stands for a value of whatever type was expected.
    private static <R> R fail(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) fault;
    }
}
