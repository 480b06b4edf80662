package dev.pawl.policy.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Our answers beside Cedar's, over policies, entities and requests by chance. {@code -Dpawl.fuzz=N} asks for N decisions,
 * {@code -Dpawl.fuzz.seed=S} for others.
 */
class DifferentialTest {
    private static final int DECISIONS = Integer.getInteger("pawl.fuzz", 6000);
    private static final long SEED = Long.getLong("pawl.fuzz.seed", 1);
    private static final int REQUESTS = 40;

    private final Oracle oracle = new Oracle();
    private int decisions;
    private int allowed;
    private int denied;
    private int evaluated;
    private int satisfied;
    private int failed;

    @Test
    void everyDecisionIsCedars() throws Exception {
        List<String> differences = new ArrayList<>();
        for (long world = SEED * 1_000_000; decisions < DECISIONS && differences.size() < 5; world++) {
            differences.addAll(compare(world));
        }
        System.out.printf(
                "cedar differential: %d decisions (seed %d): %d allow, %d deny by a forbid, %d default; "
                        + "%d policies run, %d determining, %d failed; %d differences%n",
                decisions,
                SEED,
                allowed,
                denied,
                decisions - allowed - denied,
                evaluated,
                satisfied,
                failed,
                differences.size());
        assertThat(differences).isEmpty();
    }

    private List<String> compare(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new RandomPolicies(random).policies(seed % 10 == 0 ? 60 : 6);
        String whole = String.join("\n", texts);
        List<CedarPolicy> parsed = Policies.parse("world" + seed, whole);
        // Cedar gets our own rendering every other time: so the rendering is tested as well.
        List<String> given =
                seed % 2 == 0 ? texts : parsed.stream().map(CedarPolicy::text).toList();
        PolicySet ours = PolicySet.of(parsed);
        var theirs = Oracle.policies(given);
        RandomWorld world = new RandomWorld(random);
        List<Entity> entities = world.entities();
        Entities closed = Entities.of(entities);
        var converted = oracle.entities(entities);
        List<String> differences = new ArrayList<>();
        for (int count = 0; count < REQUESTS; count++) {
            Request request = world.request(entities);
            Answer answer = ours.decide(request, closed);
            Oracle.Verdict expected = oracle.decide(request, theirs, converted);
            if (!Oracle.Verdict.of(answer).equals(expected)) {
                differences.add("seed " + seed + "\n" + whole + "\n" + request + "\nentities " + entities + "\nours   "
                        + Oracle.Verdict.of(answer) + " " + answer.failures() + "\nCedar's " + expected);
            }
            count(answer, parsed.size());
        }
        return differences;
    }

    private void count(Answer answer, int policies) {
        decisions++;
        evaluated += policies;
        satisfied += answer.determining().size();
        failed += answer.failures().size();
        if (answer.allowed()) {
            allowed++;
        } else if (!answer.determining().isEmpty()) {
            denied++;
        }
    }
}
