package dev.pawl.server.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Measure;
import dev.pawl.core.ModelLimit.Period;
import dev.pawl.core.Purse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurseTest {
    private static final Holder FIXER = new Holder("r-1", "fixer", "Ada");
    private static final Account RUN = new Account(Account.Kind.RUN, "r-1");
    private static final Account AGENT = new Account(Account.Kind.AGENT, "fixer");
    private static final Account OWNER = new Account(Account.Kind.OWNER, "Ada");
    private static final Account ALL = new Account(Account.Kind.ORGANIZATION, Account.EVERYBODY);

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock("2026-11-25T15:59:58Z");
    private final List<Ceiling> limits = new ArrayList<>();
    private Accounts accounts = new Accounts(Path.of("/"), clock);

    @BeforeEach
    void open() {
        accounts = new Accounts(home, clock);
    }

    @AfterEach
    void close() throws IOException {
        accounts.close();
    }

    @Test
    void whatIsSetAsideCountsUntilItIsSettled() throws Exception {
        limit(AGENT, Measure.TOKENS, 100, Period.DAY);
        Purse.Granted first = granted(60);
        assertThat(exhausted(41))
                .isEqualTo(new Purse.Exhausted(
                        "test.tokens",
                        "the agent fixer may use 100 tokens a day; 60 tokens are spent or reserved, and this call may"
                                + " need 41 tokens",
                        Optional.of(Instant.parse("2026-11-26T00:00:00Z"))));
        first.settle(spent(10));
        granted(90).release();
        assertThat(use(AGENT, Period.DAY).spent()).isEqualTo(new Amounts(1, 10, 5));
        granted(90);
        exhausted(1);
        assertThat(use(AGENT, Period.DAY).reserved()).isEqualTo(new Amounts(1, 90, 7));
        assertThat(use(AGENT, Period.DAY).spent()).isEqualTo(new Amounts(1, 10, 5));
    }

    @Test
    void onlyTheFirstEndCounts() throws Exception {
        Purse.Granted granted = granted(50);
        granted.settle(spent(70));
        granted.settle(spent(9));
        granted.release();
        assertThat(granted.more(1, 0)).isFalse();
        assertThat(use(OWNER, Period.MONTH).used()).isEqualTo(new Amounts(1, 70, 5));
    }

    @Test
    void whatWasSpentBeyondWhatWasSetAsideIsNotLost() throws Exception {
        limit(RUN, Measure.TOKENS, 100, Period.RUN);
        granted(100).settle(spent(130));
        assertThat(use(RUN, Period.RUN).used().tokens()).isEqualTo(130);
        assertThat(exhausted(1).until()).isEmpty();
    }

    @Test
    void aStreamGrowsToTheLimitAndNoFurther() throws Exception {
        limit(RUN, Measure.TOKENS, 1000, Period.RUN);
        Purse.Granted granted = granted(100);
        int grown = 100;
        while (granted.more(7, 0)) {
            grown += 7;
        }
        assertThat(grown).isEqualTo(100 + 900 / 7 * 7);
        assertThat(use(RUN, Period.RUN).used().tokens()).isLessThanOrEqualTo(1000);
        granted.settle(spent(grown));
        assertThat(use(RUN, Period.RUN).spent().tokens()).isEqualTo(grown);
    }

    @Test
    void moneyEndsAStreamToo() {
        limit(OWNER, Measure.MONEY, 1000, Period.MONTH);
        Purse.Granted granted = granted(100);
        assertThat(granted.more(1, 993)).isTrue();
        assertThat(granted.more(1, 1)).isFalse();
        assertThat(granted.more(1, 0)).isTrue();
    }

    @Test
    void callsAreCountedByTheHour() {
        limit(AGENT, Measure.CALLS, 2, Period.HOUR);
        granted(0).settle(spent(5));
        granted(0).settle(spent(5));
        assertThat(exhausted(0).until()).contains(Instant.parse("2026-11-25T16:00:00Z"));
        clock.at("2026-11-25T16:00:00Z");
        granted(0);
    }

    @Test
    void aRequestCountsWhereItBegan() throws Exception {
        limit(AGENT, Measure.TOKENS, 100, Period.HOUR);
        Purse.Granted granted = granted(60);
        clock.at("2026-11-25T16:00:01Z");
        assertThat(granted.more(41, 0)).isFalse();
        granted(100);
        granted.settle(spent(99));
        assertThat(use(AGENT, Period.HOUR).used().tokens()).isEqualTo(100);
        assertThat(use(AGENT, Period.DAY).used().tokens()).isEqualTo(199);
    }

    @Test
    void hoursDaysAndMonthsAreThoseOfTheCalendar() {
        for (String edge : List.of("2026-11-30T23:59:59.999Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")) {
            clock.at(edge);
            assertThat(Window.of(Period.MONTH, clock.instant()).holds(clock.instant()))
                    .isTrue();
        }
        Instant leap = Instant.parse("2028-02-29T12:34:56Z");
        assertThat(Window.of(Period.MONTH, leap))
                .isEqualTo(new Window(
                        Period.MONTH, Instant.parse("2028-02-01T00:00:00Z"), Instant.parse("2028-03-01T00:00:00Z")));
        assertThat(Window.of(Period.DAY, leap).end()).isEqualTo("2028-03-01T00:00:00Z");
        assertThat(Window.of(Period.HOUR, leap).begin()).isEqualTo("2028-02-29T12:00:00Z");
    }

    @Test
    void aClockThatGoesBackGivesNothingAgain() {
        limit(AGENT, Measure.CALLS, 1, Period.DAY);
        granted(1);
        clock.at("2026-11-27T00:00:00Z");
        granted(1);
        clock.at("2026-11-25T00:00:00Z");
        exhausted(1);
    }

    @Test
    void theLimitThatLastsLongestIsNamed() {
        limit(AGENT, Measure.TOKENS, 10, Period.HOUR);
        limit(ALL, Measure.TOKENS, 10, Period.MONTH);
        limit(OWNER, Measure.TOKENS, 10, Period.DAY);
        assertThat(exhausted(11).reason()).startsWith("all agents together may use 10 tokens a month; 0 tokens are");
        assertThat(exhausted(11).until()).contains(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @Test
    void othersOfTheSameOwnerCountAndStrangersDoNot() throws Exception {
        limit(OWNER, Measure.TOKENS, 100, Period.DAY);
        granted(90).settle(spent(90));
        Purse sibling = accounts.purse(new Holder("r-2", "tester", "Ada"), () -> limits);
        assertThat(sibling.reserve(need(11))).isInstanceOf(Purse.Exhausted.class);
        assertThat(sibling.reserve(need(10))).isInstanceOf(Purse.Granted.class);
        List<Ceiling> theirs = List.of(ceiling(new Account(Account.Kind.OWNER, "Bo"), Measure.TOKENS, 100, Period.DAY));
        Purse stranger = accounts.purse(new Holder("r-3", "tester", "Bo"), () -> theirs);
        assertThat(stranger.reserve(need(100))).isInstanceOf(Purse.Granted.class);
        assertThat(use(ALL, Period.DAY).used().tokens()).isEqualTo(200);
    }

    @Test
    void withoutAPriceMoneyThatIsLimitedIsNotSpent() throws Exception {
        Purse.Need unpriced = new Purse.Need(1, 10, Optional.empty());
        assertThat(purse().reserve(unpriced)).isInstanceOf(Purse.Granted.class);
        limit(OWNER, Measure.MONEY, 5_000_000, Period.DAY);
        assertThat(purse().reserve(unpriced))
                .isEqualTo(new Purse.Exhausted(
                        "test.money",
                        "all agents of Ada together may use 5 USD a day, and no price is known of this model",
                        Optional.empty()));
    }

    @Test
    void limitsThatChangeCountFromTheNextReservationOn() throws Exception {
        Purse purse = purse();
        assertThat(purse.reserve(need(50))).isInstanceOf(Purse.Granted.class);
        limit(RUN, Measure.TOKENS, 60, Period.RUN);
        assertThat(purse.reserve(need(11))).isInstanceOf(Purse.Exhausted.class);
        assertThat(purse.reserve(need(10))).isInstanceOf(Purse.Granted.class);
        assertThat(use(RUN, Period.RUN).limits()).containsExactly(new ModelLimit(Measure.TOKENS, 60, Period.RUN));
        limits.clear();
        assertThat(purse.reserve(need(1000))).isInstanceOf(Purse.Granted.class);
        assertThat(use(RUN, Period.RUN).limits()).isEmpty();
    }

    @Test
    void absurdNeedsAreNoNumbersThatOverflow() throws Exception {
        limit(AGENT, Measure.TOKENS, ModelLimit.MOST, Period.DAY);
        assertThat(purse().reserve(new Purse.Need(1, Long.MAX_VALUE, Optional.of(Long.MAX_VALUE))))
                .isInstanceOf(Purse.Exhausted.class);
        Purse.Granted granted = granted(1);
        assertThat(granted.more(Long.MAX_VALUE, Long.MAX_VALUE)).isFalse();
        granted.settle(new Purse.Spent(1, Long.MAX_VALUE, Optional.of(Long.MAX_VALUE)));
        assertThat(use(AGENT, Period.DAY).spent().tokens()).isPositive();
        exhausted(1);
    }

    private Purse purse() {
        return accounts.purse(FIXER, () -> List.copyOf(limits));
    }

    private Purse.Granted granted(long tokens) {
        Purse.Reservation reservation = purse().reserve(need(tokens));
        assertThat(reservation).isInstanceOf(Purse.Granted.class);
        return (Purse.Granted) reservation;
    }

    private Purse.Exhausted exhausted(long tokens) {
        Purse.Reservation reservation = purse().reserve(need(tokens));
        assertThat(reservation).isInstanceOf(Purse.Exhausted.class);
        return (Purse.Exhausted) reservation;
    }

    private static Purse.Need need(long tokens) {
        return new Purse.Need(1, tokens, Optional.of(7L));
    }

    private static Purse.Spent spent(long tokens) {
        return new Purse.Spent(1, tokens, Optional.of(5L));
    }

    private AccountUse use(Account account, Period period) throws IOException {
        return accounts.uses().stream()
                .filter(use -> use.account().equals(account) && use.period() == period)
                .findFirst()
                .orElseThrow();
    }

    private void limit(Account account, Measure measure, long amount, Period period) {
        limits.add(ceiling(account, measure, amount, period));
    }

    private static Ceiling ceiling(Account account, Measure measure, long amount, Period period) {
        return new Ceiling(account, new ModelLimit(measure, amount, period), "test." + measure.text());
    }
}
