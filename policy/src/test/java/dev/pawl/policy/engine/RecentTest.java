package dev.pawl.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import org.junit.jupiter.api.Test;

final class RecentTest {
    private static final Decision YES = Decision.allow("g", "granted");
    private static final Decision NO = Decision.deny("default", null, "not granted");

    private final Recent recent = new Recent();

    private static Attempt get(String path) {
        return new Attempt.Request("a.example", 443, "GET", path);
    }

    @Test
    void theSameRequestIsKnownAndNoOther() {
        recent.decided(get("/a"), YES);
        assertThat(recent.of(get("/a"))).isEqualTo(YES);
        assertThat(recent.of(get("/b"))).isNull();
        assertThat(recent.of(new Attempt.Request("a.example", 443, "POST", "/a")))
                .isNull();
        assertThat(recent.of(new Attempt.Request("a.example", 80, "GET", "/a"))).isNull();
        assertThat(recent.of(new Attempt.Request("b.example", 443, "GET", "/a")))
                .isNull();
        assertThat(recent.of(new Attempt.Resolve("a.example", "A"))).isNull();
    }

    /** "Aa" and "BB" have one hash. */
    @Test
    void ofTwoThatFallToOnePlaceTheLaterIsKnown() {
        recent.decided(get("/Aa"), YES);
        assertThat(recent.of(get("/BB"))).isNull();
        recent.decided(get("/BB"), NO);
        assertThat(recent.of(get("/BB"))).isEqualTo(NO);
        assertThat(recent.of(get("/Aa"))).isNull();
    }

    @Test
    void howeverManyComeNoneIsTakenForAnother() {
        for (int i = 0; i < 2000; i++) {
            recent.decided(get("/" + i), Decision.allow("g" + i, "granted"));
        }
        int known = 0;
        for (int i = 0; i < 2000; i++) {
            Decision decision = recent.of(get("/" + i));
            known += decision == null ? 0 : 1;
            assertThat(decision == null ? "g" + i : decision.rule()).isEqualTo("g" + i);
        }
        assertThat(known).isBetween(1, 256);
    }

    @Test
    void longPathsAndOtherAttemptsAreNotKept() {
        Attempt path = get("/" + "a".repeat(Recent.LONGEST));
        recent.decided(path, YES);
        assertThat(recent.of(path)).isNull();
        Attempt name = new Attempt.Resolve("a.example", "A");
        recent.decided(name, YES);
        assertThat(recent.of(name)).isNull();
    }
}
