package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.ledger.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pawl rules} and {@code pawl replay} as a person starts them. */
final class RulesIT {
    private static final String ID = "11111111-1111-4111-8111-111111111111";
    private static final String CURL = """
            title: curl runs
            id: %s
            level: high
            logsource: {category: process_creation, product: linux}
            detection:
                selection: {Image|endswith: /curl}
                condition: selection
            """.formatted(ID);

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));

    RulesIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private Path file(String name, String text) throws IOException {
        Path file = launcher.base().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String exec(String id, String... argv) {
        ProcessInfo caller = new ProcessInfo(41, 40, "/bin/sh", List.of("sh"), "/w", "dev");
        Body body = new Body.Exec(
                "/usr/bin/" + argv[0], List.of(argv), "/w", new Body.Parent(40, "/bin/sh", List.of("sh")));
        Instant time = Instant.parse("2026-11-25T05:00:00Z");
        return new String(
                EventJson.encode(new Event(id, time, "fixer", "r-aaaaaaaa", null, caller, body, null)),
                StandardCharsets.UTF_8);
    }

    private Ended test(Path rule, String event) throws IOException {
        Path file = file("event.json", event);
        return launcher.pawl("rules", "test", "--rule", rule.toString(), "--event", file.toString(), "--json");
    }

    @Test
    void aBadFileIsNamedAndTheRestIsInForce() throws IOException {
        file("rules/curl.yml", CURL);
        Path bad = file("rules/bad.yml", CURL.replace(ID, ID.replace('1', '2')).replace("|endswith", "|explode"));
        String folder = launcher.base().resolve("rules").toString();
        String place = bad + ":6:";
        Ended add = launcher.pawl("rules", "add", folder);
        assertThat(add.code()).as(add.toString()).isZero();
        assertThat(add.out()).contains("1 rules, 1 that cannot be used");
        assertThat(add.err()).contains(place).contains("there is no modifier 'explode'");
        Ended check = launcher.pawl("rules", "check", "--json", folder);
        assertThat(check.code()).as(check.toString()).isEqualTo(1);
        assertThat(check.lines())
                .singleElement()
                .asString()
                .startsWith("{\"file\":\"" + bad + "\",\"line\":6,\"column\":");
        Ended list = launcher.pawl("rules", "list");
        assertThat(list.code()).as(list.toString()).isZero();
        assertThat(list.lines()).anyMatch(line -> line.contains("curl runs"));
        Ended show = launcher.pawl("rules", "show", ID);
        assertThat(show.code()).as(show.toString()).isZero();
        assertThat(show.out()).endsWith(CURL);
    }

    @Test
    void testSaysByItsExitCodeWhetherARuleMatches() throws IOException {
        Path rule = file("curl.yml", CURL);
        Ended matched = test(rule, "{\"Image\":\"/usr/bin/curl\"}");
        assertThat(matched.code()).as(matched.toString()).isZero();
        assertThat(matched.out()).isEqualTo("{\"matched\":true}\n");
        Ended other = test(rule, "{\"Image\":\"/usr/bin/wget\"}");
        assertThat(other.code()).as(other.toString()).isEqualTo(1);
        assertThat(other.out()).isEqualTo("{\"matched\":false}\n");
        Ended unreadable = test(rule, "{\n\"Image\": /usr");
        assertThat(unreadable.code()).as(unreadable.toString()).isEqualTo(2);
        assertThat(unreadable.out()).startsWith("{\"error\":\"").endsWith(",\"line\":2}\n");
        Ended bad = test(file("bad.yml", CURL.replace("condition: selection", "condition: other")), "{}");
        assertThat(bad.code()).as(bad.toString()).isEqualTo(2);
        assertThat(bad.out()).startsWith("{\"error\":\"").endsWith(",\"line\":7}\n");
    }

    @Test
    void replayGivesTheSameBytesEachTime() throws IOException {
        Path record = file(
                "events.jsonl",
                exec("01A", "ssh", "-R", "2222:localhost:22", "ops@203.0.113.5")
                        + exec("01B", "ls")
                        + exec("01C", "curl"));
        Path rules = file("more/curl.yml", CURL);
        Ended first = launcher.pawl("replay", "--json", "--rules", rules.toString(), record.toString());
        assertThat(first.code()).as(first.toString()).isZero();
        assertThat(first.lines())
                .allMatch(line -> EventJson.decode(line.getBytes(StandardCharsets.UTF_8)) instanceof EventJson.Decoded)
                .anyMatch(line -> line.contains("\"title\":\"curl runs\""));
        Ended second = launcher.pawl("replay", "--json", "--rules", rules.toString(), record.toString());
        assertThat(second.out()).isEqualTo(first.out());
        Ended text = launcher.pawl("replay", record.toString());
        assertThat(text.code()).as(text.toString()).isZero();
        assertThat(text.out()).contains("ssh forwards a port or a network", "in 3 events");
    }
}
