package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.ToolGrants;
import dev.pawl.core.ToolGrants.Argument;
import dev.pawl.policy.engine.PolicyEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a charter says of tools: read, written again, decided, explained. */
class ToolReaderTest {
    private static final String TOOLS = """
            tools:
              allow:
                - {server: files, tool: "read_*", arguments: {path: "/srv/docs/*", "head?": "*"}}
                - {server: files, tool: list, arguments: {}}
                - {server: files, tool: write, ask: "what is written stays"}
                - {server: shop, tool: "*", pays: true}
                - {server: shop, tool: look}
              deny:
                - {server: shop, tool: "close_*", because: accounts stay open}
              answer: 1MiB
            """;

    @TempDir
    Path directory;

    private Charter load(String rest) throws Exception {
        return Bench.in(directory).load(Bench.MINIMAL + rest);
    }

    @Test
    void readsToolsAndWritesThemAgain() throws Exception {
        Charter charter = load(TOOLS);
        assertThat(charter.tools().allow().getFirst())
                .isEqualTo(new ToolGrants.Grant(
                        "tools.allow[0]",
                        "files",
                        "read_*",
                        Optional.of(
                                List.of(new Argument("path", false, "/srv/docs/*"), new Argument("head", true, "*"))),
                        Optional.empty(),
                        false));
        assertThat(charter.tools().allow().get(3).ask()).contains("it spends money");
        assertThat(Bench.in(directory).load(CharterText.render(charter)).tools())
                .isEqualTo(charter.tools());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "files | read_text | path=/srv/docs/a/b | ALLOW | tools.allow[0]",
                "files | read_text | path=/srv/docs/a, head=9 | ALLOW | tools.allow[0]",
                "files | read_text | path=/srv/docs/../x | DENY | default",
                "files | read_text | path=/srv/docs/a, tail=9 | DENY | default",
                "files | read_text | head=1 | DENY | default",
                "files | read_text | Path=/srv/docs/a | DENY | default",
                "files | Read_text | path=/srv/docs/a | DENY | default",
                "files | list | - | ALLOW | tools.allow[1]",
                "files | list | a=b | DENY | default",
                "files | write | a=b | ASK | tools.allow[2]",
                "files | @resources/read | uri=file:///x | DENY | default",
                "shop | buy | - | ASK | tools.allow[3]",
                "shop | look | - | ALLOW | tools.allow[4]",
                "shop | close_all | - | DENY | tools.deny[0]",
                "shop | @prompts/get | - | ASK | tools.allow[3]",
                "other | look | - | DENY | default"
            })
    void decides(String server, String tool, String arguments, Decision.Verdict verdict, String rule) throws Exception {
        PolicyEngine engine = PolicyEngine.of(Bench.in(directory).bundle(Bench.MINIMAL + TOOLS));
        Decision decision = engine.decide(call(server, tool, arguments));
        assertThat(decision.verdict()).as(decision.toString()).isEqualTo(verdict);
        assertThat(decision.rule()).isEqualTo(rule);
    }

    @Test
    void aDenialSaysWhyAndWhatWouldGrantIt() throws Exception {
        PolicyEngine engine = PolicyEngine.of(Bench.in(directory).bundle(Bench.MINIMAL + TOOLS));
        Attempt.Tool call = call("files", "read_text", "path=/etc/a*b");
        Decision denied = engine.decide(call);
        assertThat(denied.because()).isEqualTo("the tool read_text of files is granted, but not with these arguments");
        assertThat(engine.decide(call("web", "get", null)).because())
                .isEqualTo(
                        "no grant covers the tool get of web; the charter names those that may be called under tools");
        String line = Advice.lineFor(call, denied).orElseThrow();
        PolicyEngine wider = PolicyEngine.of(Bench.in(directory).bundle(Bench.MINIMAL + line + "\n"));
        assertThat(wider.decide(call).verdict()).isEqualTo(Decision.Verdict.ALLOW);
        assertThat(wider.decide(call("files", "read_text", "path=/etc/acb")).denied())
                .isTrue();
        assertThat(NextStep.of(Optional.of(call), denied, "Ada"))
                .contains("ask Ada to add to the charter: tools.allow: [{server: files, tool: read_text, arguments:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{allow: [{server: Files, tool: x}]} | 1 to 64 of the characters a-z",
                "{allow: [{server: model, tool: x}]} | 1 to 64 of the characters a-z",
                "{allow: [{tool: x}]} | has no server",
                "{allow: [{server: a, tool: x, arguments: [a]}]} | a mapping of names to patterns",
                "{allow: [{server: a, tool: x, arguments: {a: b, 'a?': c}}]} | a second time",
                "{deny: [{server: a, tool: x}]} | has no because",
                "{answer: 64MiB} | more than 32MiB",
                "{alow: []} | did you mean \"allow\"",
                "{allow: [{server: a, tool: x, pays: yes please}]} | true or false is allowed"
            })
    void namesWhatIsWrong(String tools, String problem) {
        assertThatThrownBy(() -> load("tools: " + tools + "\n")).hasMessageContaining(problem);
    }

    /** Names and patterns out of few letters: Cedar, the record and a regular expression say the same. */
    @Test
    void patternsMeanOneThing() throws Exception {
        Random random = new Random(7);
        List<String> letters = List.of("a", "b", "*", "\\*", "_");
        for (int i = 0; i < 300; i++) {
            String pattern = word(random, letters);
            String name = word(random, List.of("a", "b", "*", "_"));
            String expression = Stream.of(pattern.split("(?<!\\\\)\\*", -1))
                    .map(piece -> Pattern.quote(piece.replace("\\*", "*")))
                    .reduce((left, right) -> left + ".*" + right)
                    .orElse("");
            boolean expected = Pattern.matches(expression, name);
            ToolGrants.Grant grant = new ToolGrants.Grant("g", "s", pattern, Optional.empty(), Optional.empty(), false);
            assertThat(grant.covers(name)).as("%s %s", pattern, name).isEqualTo(expected);
            PolicyEngine engine = PolicyEngine.of(Bench.in(directory)
                    .bundle(Bench.MINIMAL + "tools: {allow: [{server: s, tool: '" + pattern + "'}]}\n"));
            assertThat(engine.decide(call("s", name, null)).allowed())
                    .as("%s %s", pattern, name)
                    .isEqualTo(expected);
        }
    }

    private static String word(Random random, List<String> letters) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(5) + 1; i > 0; i--) {
            word.append(letters.get(random.nextInt(letters.size())));
        }
        return word.toString();
    }

    private static Attempt.Tool call(String server, String tool, @org.jspecify.annotations.Nullable String arguments) {
        Map<String, String> named = new java.util.HashMap<>();
        List<String> json = new ArrayList<>();
        for (String argument : arguments == null ? new String[0] : arguments.split(", ", -1)) {
            named.put(argument.split("=", -1)[0], argument.split("=", -1)[1]);
            json.add("\"" + argument.split("=", -1)[0] + "\":\"" + argument.split("=", -1)[1] + "\"");
        }
        return new Attempt.Tool(server, tool, "{" + String.join(",", json) + "}", named);
    }
}
