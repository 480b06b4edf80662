package dev.pawl.detect.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.detect.sigma.correlation.Match;
import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.rule.LogSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Correlations over a clock that only events have. */
final class CorrelationTest {
    private static final String BASE = """
            title: Login failed
            name: failed
            logsource: {product: linux}
            detection: {selection: {Action: fail}, condition: selection}
            ---
            title: Login succeeded
            name: succeeded
            logsource: {product: linux}
            detection: {selection: {Action: login}, condition: selection}
            ---
            title: Anything
            name: anything
            logsource: {product: linux}
            detection: {selection: {Action|exists: true}, condition: selection}
            """;

    private static String correlation(String type, String rules, String more) {
        return """
            ---
            title: Together
            name: together
            correlation:
                type: %s
                rules: [%s]
                group-by: [User]
                timespan: 10s
            """.formatted(type, rules) + more.indent(4);
    }

    private static Detector detector(String correlations) {
        RuleSet rules = RuleSet.of(List.of(new RuleText("rules.yml", BASE + correlations)));
        assertThat(rules.problems()).isEmpty();
        return rules.detector();
    }

    private static LogEvent event(int second, String action, String user, String value) {
        return LogEvent.of(new LogSource(null, "linux", null), "e" + second, Instant.ofEpochSecond(second))
                .with("Action", action)
                .with("User", user)
                .with("Value", value)
                .build();
    }

    /** The seconds at which something was reported. */
    private static List<Long> reported(Detector detector, List<LogEvent> events) {
        List<Long> seconds = new ArrayList<>();
        for (LogEvent event : events) {
            feed(detector, event)
                    .forEach(match -> seconds.add(match.event().time().getEpochSecond()));
        }
        return seconds;
    }

    /** What correlations report; rules that no correlation names report as well. */
    private static List<Match> feed(Detector detector, LogEvent event) {
        return detector.feed(event).stream()
                .filter(match ->
                        List.of("Together", "Guessed").contains(match.rule().title()))
                .toList();
    }

    private static List<LogEvent> fails(int... seconds) {
        List<LogEvent> events = new ArrayList<>();
        for (int second : seconds) {
            events.add(event(second, "fail", "ada", "1"));
        }
        return events;
    }

    @Test
    void eventCountReportsWhenItBeginsToHoldAndAgainASpanLater() {
        String rule = correlation("event_count", "failed", "condition: {gte: 3}");
        assertThat(reported(detector(rule), fails(1, 2, 3, 4, 5))).containsExactly(3L);
        assertThat(reported(detector(rule), fails(1, 6, 12, 13, 14, 30, 31))).containsExactly(13L);
        assertThat(reported(detector(rule), fails(1, 2, 3, 5, 7, 9, 11, 12, 13, 14)))
                .containsExactly(3L, 13L);
    }

    @Test
    void groupsCountApartAndEventsWithoutTheFieldDoNotCount() {
        Detector detector = detector(correlation("event_count", "failed", "condition: {gte: 2}"));
        assertThat(feed(detector, event(1, "fail", "ada", "1"))).isEmpty();
        assertThat(feed(detector, event(2, "fail", "bob", "1"))).isEmpty();
        LogEvent nobody = LogEvent.of(new LogSource(null, "linux", null), "n", Instant.ofEpochSecond(3))
                .with("Action", "fail")
                .build();
        assertThat(feed(detector, nobody)).isEmpty();
        assertThat(feed(detector, event(4, "fail", "bob", "1")))
                .singleElement()
                .satisfies(match -> assertThat(match.group()).containsEntry("User", "bob"))
                .satisfies(match -> assertThat(match.evidence()).containsExactly("e2", "e4"));
    }

    @Test
    void bothBoundsMustHold() {
        Detector detector = detector(correlation("event_count", "failed", "condition: {gt: 1, lte: 2}"));
        assertThat(reported(detector, fails(1, 2, 3, 4))).containsExactly(2L);
        assertThat(reported(detector(correlation("event_count", "failed", "condition: {neq: 1}")), fails(1, 2)))
                .containsExactly(2L);
        assertThat(reported(detector(correlation("event_count", "failed", "condition: {eq: 3}")), fails(1, 2, 3, 4)))
                .containsExactly(3L);
    }

    @Test
    void valueCountCountsDifferentValues() {
        Detector detector = detector(correlation("value_count", "failed", "condition: {gte: 2, field: Value}"));
        List<LogEvent> events = List.of(
                event(1, "fail", "ada", "x"),
                event(2, "fail", "ada", "x"),
                event(3, "fail", "bob", "y"),
                event(13, "fail", "ada", "y"),
                event(14, "fail", "ada", "z"));
        assertThat(reported(detector, events)).containsExactly(14L);
    }

    @Test
    void sumsAveragesAndPercentilesAreThoseOfTheWindow() {
        List<LogEvent> events = List.of(
                event(1, "fail", "ada", "10"),
                event(2, "fail", "ada", "no number"),
                event(3, "fail", "ada", "30.5"),
                event(4, "fail", "ada", "2"),
                event(20, "fail", "ada", "40"));
        assertThat(reported(detector(correlation("value_sum", "failed", "condition: {gt: 40, field: Value}")), events))
                .containsExactly(3L);
        assertThat(reported(
                        detector(correlation("value_avg", "failed", "condition: {gte: 20.25, field: Value}")), events))
                .containsExactly(3L, 20L);
        assertThat(reported(
                        detector(correlation(
                                "value_percentile", "failed", "condition: {gte: 30, field: Value, percentile: 50}")),
                        events))
                .containsExactly(20L);
    }

    @Test
    void aPercentileWithoutANumberIsTheRankOfTheNewestValue() {
        List<LogEvent> events = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            events.add(event(1, "fail", "ada", i < 5 ? "bash" : "git"));
        }
        events.add(event(2, "fail", "ada", "xmrig"));
        Detector rare = detector(correlation("value_percentile", "failed", "condition: {lte: 10, field: Value}"));
        assertThat(reported(rare, events)).containsExactly(2L);
        Detector high = detector(correlation("value_percentile", "failed", "condition: {lt: 50, field: Value}"));
        assertThat(reported(
                        high,
                        List.of(
                                event(1, "fail", "ada", "5"),
                                event(2, "fail", "ada", "6"),
                                event(3, "fail", "ada", "1"))))
                .containsExactly(3L);
    }

    @Test
    void temporalNeedsAllRulesInAnyOrderAndBeginsAnew() {
        String rule = correlation("temporal", "failed, succeeded", "");
        assertThat(reported(
                        detector(rule),
                        List.of(
                                event(1, "login", "ada", ""),
                                event(2, "fail", "ada", ""),
                                event(3, "fail", "ada", ""),
                                event(4, "login", "ada", ""))))
                .containsExactly(2L, 4L);
        assertThat(reported(
                        detector(rule),
                        List.of(
                                event(1, "login", "ada", ""),
                                event(11, "fail", "ada", ""),
                                event(12, "login", "bob", ""))))
                .isEmpty();
        String some = correlation("temporal", "failed, succeeded, anything", "condition: {gte: 2}");
        assertThat(reported(detector(some), List.of(event(1, "fail", "ada", ""))))
                .containsExactly(1L);
    }

    @Test
    void temporalOrderedNeedsTheOrder() {
        String rule = correlation("temporal_ordered", "failed, succeeded", "");
        assertThat(reported(detector(rule), List.of(event(1, "login", "ada", ""), event(2, "fail", "ada", ""))))
                .isEmpty();
        assertThat(reported(
                        detector(rule),
                        List.of(
                                event(1, "fail", "ada", ""),
                                event(5, "fail", "ada", ""),
                                event(12, "login", "ada", ""))))
                .containsExactly(12L);
        assertThat(reported(detector(rule), List.of(event(1, "fail", "ada", ""), event(11, "login", "ada", ""))))
                .isEmpty();
        String same = correlation("temporal_ordered", "anything, failed", "");
        assertThat(reported(detector(same), fails(1, 2))).containsExactly(2L);
    }

    @Test
    void chainsAndAliasesAndGenerate() {
        String chain = """
            ---
            title: Guessed
            correlation:
                type: temporal_ordered
                rules: [together, succeeded]
                group-by: [who]
                aliases: {who: {together: User, succeeded: Account}}
                timespan: 10s
            """ + correlation("event_count", "failed", "condition: {gte: 2}");
        LogEvent login = LogEvent.of(new LogSource(null, "linux", null), "l", Instant.ofEpochSecond(5))
                .with("Action", "login")
                .with("Account", "ada")
                .build();
        Detector detector = detector(chain);
        assertThat(reported(detector, fails(1, 2))).isEmpty();
        assertThat(feed(detector, login)).singleElement().satisfies(match -> {
            assertThat(match.rule().title()).isEqualTo("Guessed");
            assertThat(match.evidence()).containsExactly("e1", "e2", "l");
        });
        Detector loud = detector(chain.replace("timespan: 10s\n---", "timespan: 10s\n    generate: true\n---"));
        assertThat(reported(loud, fails(1, 2))).containsExactly(2L);
    }

    @Test
    void lateEventsCountWhereTheyBelong() {
        Detector detector = detector(correlation("event_count", "failed", "condition: {gte: 3}"));
        assertThat(reported(detector, fails(5, 14, 6))).containsExactly(6L);
        assertThat(reported(detector(correlation("event_count", "failed", "condition: {gte: 3}")), fails(5, 20, 6, 7)))
                .isEmpty();
    }

    @Test
    void memoryIsBoundedAndWhatIsForgottenIsCounted() {
        Detector detector = detector(correlation("event_count", "failed", "condition: {gte: 3}"));
        for (int i = 0; i < 25_000; i++) {
            detector.feed(event(1, "fail", "user" + i, "1"));
        }
        assertThat(detector.forgotten()).isEqualTo(15_000);
        detector.feed(event(2, "fail", "user24999", "1"));
        assertThat(feed(detector, event(2, "fail", "user24999", "1"))).hasSize(1);
    }

    /** Compares the window with one that is counted anew for each event. */
    @Test
    void countsAgreeWithCountingAnew() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<LogEvent> events = new ArrayList<>();
            int second = 0;
            for (int i = 0; i < 40; i++) {
                second += random.nextInt(6);
                events.add(event(second, "fail", "ada", "v" + random.nextInt(4)));
            }
            Detector detector = detector(correlation("value_count", "failed", "condition: {eq: 4, field: Value}"));
            boolean held = false;
            long last = Long.MIN_VALUE / 2;
            for (int i = 0; i < events.size(); i++) {
                long now = events.get(i).time().getEpochSecond();
                long different = events.subList(0, i + 1).stream()
                        .filter(each -> each.time().getEpochSecond() > now - 10)
                        .map(each -> each.all("Value").getFirst())
                        .distinct()
                        .count();
                boolean holds = different == 4;
                boolean expected = holds && (!held || now - last >= 10);
                last = expected ? now : last;
                held = holds;
                assertThat(feed(detector, events.get(i)).isEmpty()).isEqualTo(!expected);
            }
        }
    }

    @Test
    void theOrderOfRulesAndFilesDoesNotMatter() {
        RandomRules rules = new RandomRules(5);
        List<RuleText> texts = new ArrayList<>(List.of(
                new RuleText("c.yml", BASE + correlation("event_count", "failed, succeeded", "condition: {gte: 2}"))));
        for (int i = 0; i < 40; i++) {
            texts.add(new RuleText("r" + i, rules.rule(i)));
        }
        List<LogEvent> events = new ArrayList<>(fails(1, 2, 3));
        RandomEvents random = new RandomEvents(6);
        for (int i = 0; i < 200; i++) {
            events.add(random.event());
        }
        List<String> first = said(texts, events);
        assertThat(first).isNotEmpty();
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(texts, new Random(round));
            assertThat(said(texts, events)).isEqualTo(first);
        }
    }

    private static List<String> said(List<RuleText> texts, List<LogEvent> events) {
        Detector detector = RuleSet.of(texts).detector();
        List<String> said = new ArrayList<>();
        for (LogEvent event : events) {
            for (Match match : detector.feed(event)) {
                said.add(match.rule().place() + " " + match.evidence() + match.group());
            }
        }
        return said;
    }
}
