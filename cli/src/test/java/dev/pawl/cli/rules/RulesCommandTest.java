package dev.pawl.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.ledger.EventJson;
import dev.pawl.server.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class RulesCommandTest {
    private static final String CURL = """
            title: curl runs
            id: 11111111-1111-4111-8111-111111111111
            level: high
            logsource: {category: process_creation, product: linux}
            detection:
                selection: {Image|endswith: /curl}
                condition: selection
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void files() throws IOException {
        Files.writeString(directory.resolve("curl.yml"), CURL);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(CommandLine.Model.CommandSpec.create().name("pawl"))
                .addSubcommand(RulesCommand.of(() -> Home.open(directory.resolve("home"))))
                .addSubcommand(new ReplayCommand(() -> Home.open(directory.resolve("home"))))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String file(String name, String text) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return path.toString();
    }

    private static String exec(String id, String... argv) {
        ProcessInfo caller = new ProcessInfo(41, 40, "/bin/sh", List.of("sh"), "/w", "dev");
        Body body = new Body.Exec(
                "/usr/bin/" + argv[0], List.of(argv), "/w", new Body.Parent(40, "/bin/sh", List.of("sh")));
        Event event =
                new Event(id, Instant.parse("2026-11-25T05:00:00Z"), "fixer", "r-aaaaaaaa", null, caller, body, null);
        return new String(EventJson.encode(event), StandardCharsets.UTF_8);
    }

    private int test(String rule, String event) throws IOException {
        return run(
                "rules",
                "test",
                "--rule",
                directory.resolve(rule).toString(),
                "--event",
                file("event.json", event),
                "--json");
    }

    @Test
    void testSaysWhetherARuleMatchesAnEventOfAnyForm() throws IOException {
        assertThat(test("curl.yml", exec("01A", "curl", "-s"))).isZero();
        assertThat(out).hasToString("{\"matched\":true}\n");
        assertThat(test("curl.yml", exec("01A", "wget"))).isEqualTo(1);
        assertThat(out).hasToString("{\"matched\":false}\n");
        assertThat(test("curl.yml", "{\"Image\": \"/opt/curl\", \"ProcessId\": 5}"))
                .isZero();
        assertThat(test("curl.yml", "[{\"Image\": \"/opt/x\"}, {\"Image\": [\"/a\", \"/opt/CURL\"]}]"))
                .isZero();
        assertThat(test("curl.yml", "{\"Image\": null}")).isEqualTo(1);
        assertThat(run(
                        "rules",
                        "test",
                        "--rule",
                        directory.resolve("curl.yml").toString(),
                        "--event",
                        file("event.json", "{\"Image\":\"/curl\"}")))
                .isZero();
        assertThat(out).hasToString("matched" + System.lineSeparator());
    }

    @Test
    void testReadsRecordsOfTheWindowsEventLog() throws IOException {
        file("whoami.yml", CURL.replace("linux", "windows").replace("/curl", "'\\whoami.exe'"));
        String record = """
            {"Event": {"System": {"Provider": {"#attributes": {"Name": "Sysmon"}}, "EventID": %d, "Channel": "x"},
             "EventData": {"Image": "C:\\\\Windows\\\\whoami.exe"}}}
            """;
        assertThat(test("whoami.yml", record.formatted(1))).isZero();
        assertThat(test("whoami.yml", record.formatted(11))).isEqualTo(1);
    }

    @Test
    void testSaysWhatCannotBeReadAndWhere() throws IOException {
        file("bad.yml", CURL.replace("|endswith", "|explode"));
        assertThat(test("bad.yml", "{}")).isEqualTo(2);
        assertThat(out.toString())
                .startsWith("{\"error\":\"")
                .contains("there is no modifier 'explode'")
                .endsWith(",\"line\":6}\n");
        assertThat(test("curl.yml", "{\n  \"Image\": oops}")).isEqualTo(2);
        assertThat(out.toString()).contains("not JSON").endsWith(",\"line\":2}\n");
        assertThat(test("missing.yml", "{}")).isEqualTo(2);
        assertThat(out.toString()).contains("there is no ").endsWith(",\"line\":0}\n");
        assertThat(test("curl.yml", "")).isEqualTo(2);
        assertThat(test("curl.yml", "[".repeat(100))).isEqualTo(2);
        assertThat(test("curl.yml", "{\"Image\": \"" + "x".repeat(2 << 20) + "\"}"))
                .isEqualTo(2);
    }

    @Test
    void aByteOrderMarkSaysNothing() throws IOException {
        file("marked.yml", "\uFEFF" + CURL);
        assertThat(test("marked.yml", "\uFEFF{\"Image\": \"/opt/curl\"}")).isZero();
    }

    @Test
    void whatNeverEndsIsNotReadToItsEnd() throws IOException {
        String rule = directory.resolve("curl.yml").toString();
        assertThat(run("rules", "test", "--rule", rule, "--event", "/dev/zero", "--json"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("/dev/zero is larger than 5 MiB");
        assertThat(run("rules", "test", "--rule", "/dev/zero", "--event", rule, "--json"))
                .isEqualTo(2);
        assertThat(run("rules", "check", "/dev/zero")).isEqualTo(1);
    }

    @Test
    void aFolderIsAddedAsItIsAndItsFindingsAreKept() throws IOException {
        file("checkout/rules/curl.yml", CURL);
        file(
                "checkout/rules/bad.yml",
                CURL.replace("product: linux", "product: [linux]").replace("1111-1111", "2222-2222"));
        file("checkout/.github/workflow.yml", "on: push\n");
        file("checkout/tests/info.yml", "id: x\n");
        Path checkout = directory.resolve("checkout");
        assertThat(run("rules", "add", checkout.toString())).isZero();
        assertThat(out.toString()).contains("1 rules, 1 that cannot be used", "kept (observe)");
        assertThat(err.toString()).contains("bad.yml:4:50: 'product' must be a string");
        assertThat(run("rules", "list", "--json")).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("\"curl runs\"")))
                .singleElement()
                .asString()
                .contains("\"severity\":\"observe\"", "\"level\":\"high\"");
        assertThat(out.toString()).contains("\"boundary\":\"no-covert-channels\"");
        assertThat(run("rules", "show", "11111111-1111-4111-8111-111111111111")).isZero();
        assertThat(out.toString()).endsWith(CURL);
        assertThat(run("rules", "show", "nothing")).isEqualTo(1);
        assertThat(run("rules", "add", "--promote", checkout.toString())).isZero();
        assertThat(run("rules", "list")).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("curl runs")))
                .singleElement()
                .asString()
                .contains("  act ");
        assertThat(run("rules", "add", directory.resolve("nowhere").toString())).isEqualTo(1);
    }

    @Test
    void checkSaysEverythingThatIsWrong() throws IOException {
        assertThat(run("rules", "check")).as(out.toString()).isZero();
        assertThat(run("rules", "check", directory.resolve("curl.yml").toString()))
                .isZero();
        String bad = file("bad.yml", CURL.replace("condition: selection", "condition: other"));
        assertThat(run("rules", "check", bad, directory.resolve("curl.yml").toString()))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith(bad + ":7:16: condition: there is no search 'other'");
        assertThat(run("rules", "check", "--json", bad)).isEqualTo(1);
        assertThat(out)
                .hasToString("{\"file\":\"" + bad
                        + "\",\"line\":7,\"column\":16,\"error\":\"condition: there is no search 'other'\"}\n");
    }

    @Test
    void replaySaysTheSameEachTime() throws IOException {
        String record = file(
                "events.jsonl",
                exec("01A", "ssh", "-R", "2222:localhost:22", "ops@203.0.113.5") + exec("01B", "ls") + "no event\n"
                        + exec("01C", "xmrig", "-o", "pool.example:3333"));
        assertThat(run("replay", "--json", record)).isZero();
        String first = out.toString();
        assertThat(first.lines()).hasSizeGreaterThanOrEqualTo(2);
        first.lines().forEach(line -> {
            assertThat(EventJson.decode(line.getBytes(StandardCharsets.UTF_8))).isInstanceOf(EventJson.Decoded.class);
            assertThat(line).contains("\"kind\":\"finding\"", "\"severity\":\"act\"");
        });
        assertThat(err.toString()).contains("1 lines were no events");
        assertThat(run("replay", "--json", record)).isZero();
        assertThat(out).hasToString(first);
        assertThat(run("replay", record)).isZero();
        assertThat(out.toString())
                .contains("act: ssh forwards a port or a network, against no-covert-channels", "in 3 events");
        assertThat(run(
                        "replay",
                        "--json",
                        "--rules",
                        directory.resolve("curl.yml").toString(),
                        file("c.jsonl", exec("01D", "curl"))))
                .isZero();
        assertThat(out.toString())
                .contains("\"title\":\"curl runs\",\"severity\":\"observe\"", "\"evidence\":[\"01D\"]");
        assertThat(run("replay", directory.resolve("nothing.jsonl").toString())).isEqualTo(1);
    }

    @Test
    void replayNamesTheProtocolsOfFlows() throws IOException {
        String record = file(
                "flows.jsonl",
                connect("01A", "tcp")
                        + flow("01B", "01A", "f1", 0, null)
                        + payload("01C", "f1", "out", "{\"id\":1,\"method\":\"mining.sub")
                        + payload("01D", "f1", "out", "scribe\",\"params\":[]}\n")
                        + payload("01E", "f1", "in", "{\"id\":1,\"result\":null,\"error\":null}\n")
                        + flow("01F", "01A", "f1", 64, "2026-11-22T05:00:09Z")
                        + connect("01G", "udp")
                        + flow("01H", "01G", "f2", 0, null)
                        + payload("01J", "f2", "out", "\0\1\1\0\0\1\0\0\0\0\0\0\1a\0\0\1\0\1")
                        + connect("01K", "tcp")
                        + flow("01L", "01K", "f3", 0, null).replace("unknown", "tls")
                        + flow("01M", "01K", "f3", 9, "2026-11-22T05:00:09Z").replace("unknown", "ssh"));
        assertThat(run("replay", "--json", record)).isZero();
        List<Body.Flow> flows = out.toString()
                .lines()
                .map(line -> EventJson.decode(line.getBytes(StandardCharsets.UTF_8)))
                .map(line -> (Body.Flow) ((EventJson.Decoded) line).event().body())
                .toList();
        assertThat(flows).hasSize(2);
        assertThat(flows.getFirst()).satisfies(flow -> {
            assertThat(flow.flow()).isEqualTo("f1");
            assertThat(flow.host()).isEqualTo("h.example");
            assertThat(flow.protocol()).isEqualTo("stratum");
            assertThat(flow.sent()).isEqualTo(64);
            assertThat(flow.spoken().dialect()).isEqualTo("bitcoin");
            assertThat(flow.spoken().confidence()).isEqualTo("certain");
            assertThat(flow.spoken().course()).isNotNull();
        });
        assertThat(flows.getLast().protocol()).isEqualTo("dns");
        assertThat(run("replay", record)).isZero();
        assertThat(out.toString()).contains("flows: 1 dns, 1 stratum");
    }

    private static String connect(String id, String transport) {
        return line(
                id, "connect", null, "{\"transport\":\"" + transport + "\",\"address\":\"192.0.2.1\",\"port\":443}");
    }

    private static String flow(String id, String cause, String flow, int sent, @Nullable String closed) {
        return line(
                id,
                "flow",
                cause,
                "{\"flow\":\"" + flow + "\",\"host\":\"h.example\",\"address\":\"192.0.2.1\",\"port\":443,"
                        + "\"protocol\":\"unknown\",\"sent\":" + sent
                        + ",\"received\":0,\"opened\":\"2026-11-22T05:00:00Z\""
                        + (closed == null ? "" : ",\"closed\":\"" + closed + "\"") + "}");
    }

    private static String payload(String id, String flow, String direction, String text) {
        String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
        return line(
                id,
                "payload",
                null,
                "{\"flow\":\"" + flow + "\",\"direction\":\"" + direction + "\",\"data\":\"" + data + "\"}");
    }

    private static String line(String id, String kind, @Nullable String cause, String body) {
        return "{\"id\":\"" + id + "\",\"time\":\"2026-11-22T05:00:01Z\",\"agent\":\"a\",\"run\":\"r\",\"kind\":\""
                + kind + "\"" + (cause == null ? "" : ",\"cause\":\"" + cause + "\"") + ",\"" + kind + "\":" + body
                + "}\n";
    }
}
