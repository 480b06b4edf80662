package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Event;
import dev.pawl.server.Questions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run uses four secrets rightly and wrongly; then everything that was written anywhere is searched for their values. They
 * lie in a directory that is left out, and in the environment of who starts the run.
 */
final class SecretsIT {
    private static final String HOST = "api.example.com";

    @TempDir
    private Path base;

    @TempDir
    private Path vault;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Ended> said = new ArrayList<>();
    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");
    private SecureWeb web;
    private Path authority = Path.of(".");

    SecretsIT() throws IOException {}

    @BeforeEach
    void open() throws Exception {
        launcher = new Launcher(base);
        work = launcher.workspace("secrets", "secrets.sh");
        TestCertificates certificates = new TestCertificates(base, HOST);
        authority = certificates.authority();
        web = new SecureWeb(certificates.server(), Files.createDirectories(base.resolve("www")));
        values.put("hub", "ghp_" + random() + "abcd");
        values.put("door", "pass\"wo\\rd/+=" + random());
        values.put("key", "<a b>&'\"\\" + random());
        values.put("query", "q&u=e%20r+y/" + random());
    }

    @AfterEach
    void close() {
        launcher.close();
        web.close();
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Path charter() throws IOException {
        Path door = Files.writeString(vault.resolve("door"), values.get("door") + "\n");
        Path key = Files.writeString(vault.resolve("key"), values.get("key"));
        Path query = Files.writeString(vault.resolve("query"), values.get("query") + "\r\n");
        return launcher.charter("keeper", work, """
                network:
                  allow:
                    - {host: %1$s, upload: 64KiB, requests: ["* /ok/**", {request: "POST /asked", ask: true}]}
                    - {host: other.example.com, inspect: true}
                    - {host: closed.example.com, inspect: true}
                  route:
                    - {host: %1$s, to: '127.0.0.1:%2$d'}
                    - {host: other.example.com, to: '127.0.0.1:%2$d'}
                    - {host: closed.example.com, to: '127.0.0.1:1'}
                  authorities: [%3$s]
                secrets:
                  - {name: hub, env: HUB, host: %1$s, place: bearer}
                  - {name: lost, env: HUB, host: closed.example.com, as: LOST, place: bearer}
                  - {name: door, command: [cat, %4$s], host: %1$s, as: DOOR, place: basic}
                  - {name: key, file: %5$s, host: %1$s, as: KEY, place: header x-api-key}
                  - {name: query, file: %6$s, host: %1$s, as: QUERY, place: query key}
                """.formatted(HOST, web.port(), authority, door, key, query));
    }

    @Test
    void nothingThatIsWrittenHoldsAValue() throws IOException {
        Instant begun = Instant.now();
        Started run = launcher.program(
                Launcher.NOTHING,
                work,
                List.of(
                        AttackTargets.launcher().toString(),
                        "run",
                        "--charter",
                        charter().toString(),
                        "--",
                        "/bin/bash",
                        "secrets.sh"),
                Map.of("HUB", values.getOrDefault("hub", "")));
        Traces traces = new Traces(values);
        Asker asker = new Asker(launcher);
        Questions.Listed question = asker.question("keeper");
        assertThat(traces.in(commandLines())).isEmpty();
        pawl("approvals");
        pawl("approvals", "--json");
        pawl("ps");
        said.add(asker.refuse(question, "not today"));
        run.says("waiting");
        pawl("stop", "keeper");
        said.add(run.ended());
        assertWorked();
        pawl("events");
        pawl("events", "--json");
        pawl("events", "--format", "ocsf");
        pawl("explain");
        for (Event event : launcher.events("keeper")) {
            if (Launcher.denied(event)) {
                pawl("explain", event.id());
                pawl("explain", event.id(), "--json");
            }
        }
        for (Ended ended : said) {
            assertThat(traces.in(ended.out() + ended.err()))
                    .as(ended.toString())
                    .isEmpty();
        }
        for (Event event : launcher.events()) {
            assertThat(traces.in(event.toString())).as(event.toString()).isEmpty();
        }
        assertThat(traces.below(base)).isEmpty();
        assertThat(elsewhere(traces, begun)).isEmpty();
        assertThat(traces.below(vault)).as("the search finds what is there").isPresent();
    }

    private void pawl(String... words) throws IOException {
        Ended ended = launcher.pawl(words);
        assertThat(ended.code()).as(ended.toString()).isZero();
        said.add(ended);
    }

    /** Each value reached the server in its place, and what was wrong was refused. */
    private void assertWorked() {
        String heads = String.join("\n", web.heads());
        String basic =
                Base64.getEncoder().encodeToString(("me:" + values.get("door")).getBytes(StandardCharsets.UTF_8));
        assertThat(heads)
                .contains("/ok/bearer Authorization: Bearer " + values.get("hub"))
                .contains("/ok/basic Authorization: Basic " + basic)
                .contains("/ok/python?key=q%26u%3De%2520r%2By%2F")
                .contains("X-api-key: " + values.get("key"))
                .doesNotContain("/ok/misplaced", "/ok/twice", "/ok/trace", "/admin", "/asked");
        assertThat(launcher.events("keeper").stream()
                        .filter(Launcher::denied)
                        .map(event -> Launcher.decision(event).rule())
                        .distinct())
                .contains("placeholder-misused", "leak.placeholder", "request-malformed", "upload", "refused");
        String out = said.stream()
                .map(Ended::out)
                .filter(text -> text.contains("== bearer"))
                .findFirst()
                .orElse("");
        assertThat(out).contains("== environment", "HUB=ghp_", "PAWL_NOTICES=", "== told");
    }

    /** What the machine shows everybody. */
    private static String commandLines() {
        StringBuilder all = new StringBuilder();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            try {
                all.append(Files.readString(
                        Path.of("/proc", String.valueOf(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // It ended meanwhile.
            }
        }
        return all.toString();
    }

    /** New files in the machine's temporary directory, whoever made them. */
    private Optional<String> elsewhere(Traces traces, Instant begun) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/tmp"))) {
            return files.filter(file -> !vault.startsWith(file) && isNew(file, begun))
                    .flatMap(file -> traces.below(file).stream())
                    .findFirst();
        }
    }

    private static boolean isNew(Path file, Instant begun) {
        try {
            return Files.isRegularFile(file)
                    && Files.isReadable(file)
                    && Files.getLastModifiedTime(file).compareTo(FileTime.from(begun)) >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
