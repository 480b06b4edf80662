package dev.pawl.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.Organization;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.Ids;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the diff says of random charters, against every attempt of a small world decided by both engines. */
final class CharterDiffAgreementTest {
    private static final int PAIRS = 1000;

    @Test
    void looserAndTighterAreWhatBruteForceFinds() throws CharterException {
        RandomCharters charters = new RandomCharters(20261125);
        List<Attempt> attempts = EveryAttempt.all();
        int looser = 0;
        int tighter = 0;
        int same = 0;
        int asked = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            Organization organization = charters.organization();
            PolicyBundle first = charters.bundle(organization);
            PolicyBundle second = pair % 4 == 0 ? charters.bundle(organization) : charters.changed(first);
            Side one = Side.of(first);
            Side other = Side.of(second);
            Found found = Found.of(attempts, one, other);
            agrees(found, CharterDiff.between(one, other), pair);
            agrees(found.turned(), CharterDiff.between(other, one), -pair);
            looser += found.up ? 1 : 0;
            tighter += found.down ? 1 : 0;
            same += found.up || found.down ? 0 : 1;
            asked += found.asked ? 1 : 0;
        }
        assertThat(looser).isGreaterThan(PAIRS / 4);
        assertThat(tighter).isGreaterThan(PAIRS / 4);
        assertThat(same).isGreaterThan(PAIRS / 20);
        assertThat(asked).isGreaterThan(PAIRS / 4);
    }

    private static void agrees(Found found, Comparison comparison, int pair) {
        boolean looser =
                comparison.changes().stream().anyMatch(change -> change.sign().looser());
        boolean tighter = comparison.changes().stream()
                .anyMatch(change -> change.sign() == Sign.TIGHTER || change.sign() == Sign.EITHER);
        assertThat(looser)
                .as("pair " + pair + " looser " + found.example + " " + comparison)
                .isEqualTo(found.up);
        assertThat(tighter)
                .as("pair " + pair + " tighter " + found.example + " " + comparison)
                .isEqualTo(found.down);
    }

    /**
     * What brute force found.
     *
     * @param up some attempt is allowed, or asks where it was denied, or is no longer refused whatever is granted, or may carry more, than before
     * @param down the same the other way about
     * @param asked some attempt asks a person on one side and not on the other
     */
    private record Found(boolean up, boolean down, boolean asked, String example) {
        static Found of(List<Attempt> attempts, Side one, Side other) {
            boolean up = false;
            boolean down = false;
            boolean asked = false;
            StringBuilder example = new StringBuilder();
            for (Attempt attempt : attempts) {
                int before = rank(attempt, one);
                int after = rank(attempt, other);
                asked |= (before / 10 == 2) != (after / 10 == 2);
                // TLS and HTTP are neither more than the other.
                boolean either = before != after
                        && before / 10 == after / 10
                        && before >= 20
                        && before % 10 < 9
                        && after % 10 < 9;
                if ((after > before || either) && !up) {
                    example.append(" up: ").append(AttemptText.of(attempt));
                    up = true;
                }
                if ((after < before || either) && !down) {
                    example.append(" down: ").append(AttemptText.of(attempt));
                    down = true;
                }
            }
            return new Found(up, down, asked, example.toString());
        }

        Found turned() {
            return new Found(down, up, asked, example);
        }

        private static int rank(Attempt attempt, Side side) {
            Decision decision = side.engine().decide(attempt);
            if (decision.verdict() == Decision.Verdict.DENY) {
                return decision.rule().equals(Ids.DEFAULT) ? 1 : 0;
            }
            Optional<Protocol> protocol = attempt instanceof Attempt.Connect
                    ? side.engine().termsOf(decision.rule()).map(Terms::protocol)
                    : Optional.empty();
            int carried = protocol.map(each -> each == Protocol.TCP
                            ? 9
                            : List.of(Protocol.values()).indexOf(each) % 9)
                    .orElse(9);
            return (decision.allowed() ? 30 : 20) + carried;
        }
    }
}
