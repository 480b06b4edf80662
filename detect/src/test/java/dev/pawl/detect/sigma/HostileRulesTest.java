package dev.pawl.detect.sigma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pawl.detect.sigma.yaml.Problem;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules that want to hurt whoever loads them: each is refused with a place and a reason, quickly and cheaply. */
final class HostileRulesTest {
    private static final long MOST_MILLIS = 2_000;
    private static final long MOST_BYTES = 256L << 20;

    /** A good rule loads beside every hostile one. */
    private static final RuleText GOOD = new RuleText("good.yml", rule("sel: {A: b}", "sel"));

    private static String rule(String searches, String condition) {
        return "title: t\nlogsource: {product: linux}\ndetection:\n    " + searches + "\n    condition: " + condition
                + "\n";
    }

    private static String one(String field, String value) {
        return rule("sel:\n        " + field + ": " + value, "sel");
    }

    private static String correlation(String id, String rules, String more) {
        return "title: c\nname: " + id + "\ncorrelation:\n    type: event_count\n    rules: [" + rules
                + "]\n    group-by: [A]\n    timespan: 5m\n    condition: {gte: 2}\n" + more;
    }

    /** Nine lists of nine, each the one before. */
    private static String bomb() {
        StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]\n");
        }
        return text + rule("sel: {A: *a11}", "sel");
    }

    private static Map<String, String> shapes() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("alias bomb", bomb());
        rules.put("alias bomb of maps", bomb().replace("[x,x,x,x,x,x,x,x,x]", "{k1: x, k2: x, k3: x}"));
        rules.put("a list that holds itself", "a: &a [*a]\n" + GOOD.text());
        rules.put("a map that holds itself", "title: t\nlogsource: &l {product: *l}\ndetection: {}\n");
        rules.put("an alias to nothing", one("A", "*nowhere"));
        rules.put("merge keys", "title: t\n<<: {a: b}\n");
        rules.put("deep lists", one("A", "[".repeat(5_000) + "]".repeat(5_000)));
        rules.put("deep maps", "a: ".repeat(1) + "{a: ".repeat(5_000) + "x" + "}".repeat(5_000));
        rules.put("deep block", deepBlock());
        rules.put("a 1 MB value", one("A", "'" + "x".repeat(1 << 20) + "'"));
        rules.put(
                "a 1 MB value in lines",
                GOOD.text() + "description: |\n" + ("    " + "x".repeat(76) + "\n").repeat(13_000));
        rules.put("a 1 MB value in folded lines", GOOD.text() + "description: >\n" + "    x y\n".repeat(130_000));
        rules.put(
                "a 1 MB plain value",
                GOOD.text() + "description: " + "x ".repeat(15_000) + "\n  " + ("x".repeat(60_000) + "\n  ").repeat(17)
                        + "\n");
        rules.put("a 1 MB field name", one("'" + "x".repeat(1 << 20) + "'", "a"));
        rules.put("a 1 MB title", GOOD.text().replace("title: t", "title: " + "t".repeat(1 << 20)));
        rules.put("a 1 MB condition", rule("sel: {A: b}", "sel" + " or sel".repeat(150_000)));
        rules.put("a 5 MB text", "#" + "x".repeat(5 << 20) + "\n" + GOOD.text());
        rules.put("a class to make", one("A", "!!javax.script.ScriptEngineManager [x]"));
        rules.put("a tag", one("A", "!exec 'touch /tmp/x'"));
        rules.put("two keys alike", "title: t\ntitle: u\n");
        rules.put("control characters", "title: \"\u0001\u0002");
        rules.put("not YAML", "title: [");
        rules.put("empty", "");
        rules.put("a list", "- a\n- b\n");
        rules.put("a word", "hello");
        rules.put("a key that is a list", "? [a, b]\n: c\n");
        rules.put("100,000 values", one("A", "[" + "a,".repeat(100_000) + "b]"));
        return rules;
    }

    private static String deepBlock() {
        StringBuilder text = new StringBuilder("title: t\nlogsource: {product: linux}\ndetection:\n");
        for (int i = 1; i < 500; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        return text + " ".repeat(500) + "b: c\n";
    }

    private static Map<String, String> expressions() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("look behind", one("A|re", "'(?<=a)b'"));
        rules.put("look ahead", one("A|re", "'(?=(a+)+$)a'"));
        rules.put("a reference back", one("A|re", "'(a+)\\1'"));
        rules.put("an atomic group", one("A|re", "'(?>a+)b'"));
        rules.put("a repetition of repetitions", one("A|re", "'((((a{900}){900}){900}){900})'"));
        rules.put("a huge repetition", one("A|re", "'a{100000}'"));
        rules.put("nested counts", one("A|re", "'(?:a{1,100}){1,100}'"));
        rules.put("open bracket", one("A|re", "'(a'"));
        rules.put("closed bracket", one("A|re", "'a)'"));
        rules.put("open class", one("A|re", "'[a'"));
        rules.put("lone star", one("A|re", "'*a'"));
        rules.put("a quoting", one("A|re", "'\\Qa'"));
        rules.put("deep groups", one("A|re", "'" + "(".repeat(2_000) + "a" + ")".repeat(2_000) + "'"));
        rules.put("a long expression", one("A|re", "'" + "(a|b)*".repeat(5_000) + "'"));
        return rules;
    }

    private static Map<String, String> meanings() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("a number as title", GOOD.text().replace("title: t", "title: 5"));
        rules.put("a list as title", GOOD.text().replace("title: t", "title: [t]"));
        rules.put("a word as logsource", GOOD.text().replace("{product: linux}", "linux"));
        rules.put("an empty logsource", GOOD.text().replace("{product: linux}", "{}"));
        rules.put("a word as detection", "title: t\nlogsource: {product: linux}\ndetection: sel\n");
        rules.put("a word as search", rule("sel: word", "sel"));
        rules.put("no search", "title: t\nlogsource: {product: linux}\ndetection: {condition: sel}\n");
        rules.put("no condition", GOOD.text().replace("    condition: sel\n", ""));
        rules.put("a condition that names nothing", rule("sel: {A: b}", "other"));
        rules.put("a condition that ends early", rule("sel: {A: b}", "sel and"));
        rules.put("a condition of brackets", rule("sel: {A: b}", "(".repeat(3_000) + "sel" + ")".repeat(3_000)));
        rules.put("2 of them", rule("sel: {A: b}", "2 of them"));
        rules.put("an aggregation", rule("sel: {A: b}", "sel | count() > 5"));
        rules.put("1 of them, many times many", many());
        rules.put("a map as value", rule("sel: {A: {B: c}}", "sel"));
        rules.put("an unknown modifier", one("A|explode", "b"));
        rules.put("a modifier twice", one("A|contains|contains", "b"));
        rules.put("all for one value", one("A|contains|all", "b"));
        rules.put("null among others", one("A", "[a, null]"));
        rules.put("cidr of a word", one("A|cidr", "anywhere"));
        rules.put("cidr of 33 bits", one("A|cidr", "10.0.0.0/33"));
        rules.put("base64 of a wildcard", one("A|base64", "'a*b'"));
        rules.put("a comparison with a word", one("A|gt", "high"));
        rules.put("re with cidr", one("A|re|cidr", "'10.0.0.0/8'"));
        rules.put("exists of a word", one("A|exists", "maybe"));
        rules.put("a placeholder without values", one("A|expand", "'%admins%'"));
        rules.put(
                "correlations in a circle",
                correlation("x", "yy", "") + "---\n" + correlation("yy", "zz", "") + "---\n"
                        + correlation("zz", "yy", ""));
        rules.put("a correlation of itself", correlation("xx", "xx", ""));
        rules.put("a span without end", correlation("xx", "good", "").replace("5m", "99999999999m"));
        return rules;
    }

    private static String many() {
        StringBuilder searches = new StringBuilder();
        for (int i = 0; i < 900; i++) {
            searches.append("s" + i + ": {A: b}\n    ");
        }
        return rule(searches.toString().strip(), "1 of them" + " or 1 of them".repeat(900));
    }

    @Test
    void sixtyAndMoreHostileRulesAreRefusedWithPlaceAndReason() {
        Map<String, String> rules = new LinkedHashMap<>(shapes());
        rules.putAll(expressions());
        rules.putAll(meanings());
        assertThat(rules.size()).isGreaterThanOrEqualTo(60);
        rules.forEach(HostileRulesTest::refused);
    }

    private static void refused(String name, String text) {
        long allocated = allocated();
        long start = System.nanoTime();
        RuleSet set = RuleSet.of(List.of(GOOD, new RuleText("hostile.yml", text)));
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(set.problems()).as(name).isNotEmpty();
        Problem problem = set.problems().getFirst();
        assertThat(problem.place().file()).as(name).isEqualTo("hostile.yml");
        assertThat(problem.place().line()).as(name).isPositive();
        assertThat(problem.place().column()).as(name).isPositive();
        assertThat(problem.reason()).as(name).isNotBlank().hasSizeLessThan(300).doesNotContain("\n");
        assertThat(set.documents())
                .as(name)
                .anyMatch(document -> document.header().place().file().equals("good.yml"));
        assertThat(millis).as(name + ", ms").isLessThan(MOST_MILLIS);
        assertThat(allocated() - allocated).as(name + ", bytes").isLessThan(MOST_BYTES);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void randomTextNeverThrows() {
        RandomRules rules = new RandomRules(7);
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(rules.rule(i));
            for (int change = random.nextInt(5); change >= 0; change--) {
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.setCharAt(at, "'\"[]{}:|*&!-# \n\\(".charAt(random.nextInt(17)));
                } else {
                    text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
                }
            }
            assertThatCode(() -> RuleSet.of(List.of(new RuleText("r", text.toString()))))
                    .as(text.toString())
                    .doesNotThrowAnyException();
        }
    }
}
