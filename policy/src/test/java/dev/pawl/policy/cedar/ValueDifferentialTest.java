package dev.pawl.policy.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Values, not only verdicts: small expressions of every kind, each compared with what we say it is by a policy of its own,
 * many policies to one question. Cedar must find all of these true, and fail exactly where we fail. {@code -Dpawl.fuzz=N}
 * asks for N expressions, {@code -Dpawl.fuzz.seed=S} for others.
 */
class ValueDifferentialTest {
    private static final int EXPRESSIONS = Integer.getInteger("pawl.fuzz", 24_000);
    private static final long SEED = Long.getLong("pawl.fuzz.seed", 1);
    private static final int TOGETHER = 120;

    private final Oracle oracle = new Oracle();
    private int compared;
    private int failed;

    @Test
    void everyValueIsCedars() throws Exception {
        List<String> differences = new ArrayList<>();
        for (long world = SEED * 1_000_000; compared < EXPRESSIONS && differences.size() < 5; world++) {
            compare(world, differences);
        }
        System.out.printf(
                "cedar values: %d expressions (seed %d), %d of them errors; %d differences%n",
                compared, SEED, failed, differences.size());
        assertThat(differences).isEmpty();
    }

    private void compare(long seed, List<String> differences) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        RandomExpressions expressions = new RandomExpressions(random);
        RandomWorld world = new RandomWorld(random);
        List<Entity> entities = world.entities();
        Entities closed = Entities.of(entities);
        Request request = world.request(entities);
        List<String> texts = new ArrayList<>();
        Set<String> erring = new TreeSet<>();
        Set<String> equal = new TreeSet<>();
        while (texts.size() < TOGETHER) {
            RandomExpressions.Kind kind = RandomExpressions.KINDS.get(texts.size() % RandomExpressions.KINDS.size());
            String expression = expressions.expression(kind, 1 + random.nextInt(3));
            String value = value(expression, request, closed);
            (value.isEmpty() ? erring : equal).add("policy" + texts.size());
            texts.add("permit(principal,action,resource) when{" + expression + " == " + (value.isEmpty() ? "1" : value)
                    + "};");
        }
        Oracle.Verdict expected = new Oracle.Verdict(!equal.isEmpty(), equal, erring);
        Oracle.Verdict theirs = oracle.decide(request, Oracle.policies(texts), oracle.entities(entities));
        compared += texts.size();
        failed += erring.size();
        for (int at = 0; at < texts.size() && !theirs.equals(expected); at++) {
            String id = "policy" + at;
            if (theirs.determining().contains(id) != equal.contains(id)
                    || theirs.erring().contains(id) != erring.contains(id)) {
                differences.add(
                        "seed " + seed + ": Cedar " + (theirs.erring().contains(id) ? "fails at" : "denies that") + "\n"
                                + texts.get(at) + "\n" + request + "\n" + entities);
            }
        }
    }

    /** Our value as an expression, or "" for an error. */
    private static String value(String expression, Request request, Entities entities) {
        try {
            return Compiler.compile(Scene.parse(expression))
                    .run(new Frame(request, entities))
                    .toString();
        } catch (CannotEvaluate failure) {
            return "";
        }
    }
}
