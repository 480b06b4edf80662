package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that calls a model without an end stops at its budget, however many of its runs call at once. */
final class ModelBudgetIT {
    private static final String HOST = "api.example.com";
    private static final int CALLS = 30;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");
    private Path authority = Path.of(".");
    private SecureWeb web;

    ModelBudgetIT() throws IOException {}

    @BeforeEach
    void open() throws Exception {
        launcher = new Launcher(base);
        work = launcher.workspace("runaway");
        TestCertificates certificates = new TestCertificates(base, HOST);
        authority = certificates.authority();
        Path www = Files.createDirectories(base.resolve("www"));
        Files.writeString(Files.createDirectories(www.resolve("v1/chat")).resolve("completions"), """
                {"id":"c-1","object":"chat.completion","model":"gpt-5-nano","choices":[{"index":0,"message":
                {"role":"assistant","content":"again"},"finish_reason":"stop"}],
                "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}
                """);
        web = new SecureWeb(certificates.server(), www);
        Files.writeString(work.resolve("again.sh"), """
                seq 40 | xargs -P 25 -I{} curl -s -o {}.out -w '%{http_code}\\n' -H 'content-type: application/json' -d \
                '{"model":"gpt-5-nano","max_completion_tokens":16,"messages":[{"role":"user","content":"again"}]}' \
                https://api.example.com/v1/chat/completions
                """);
    }

    @AfterEach
    void close() {
        launcher.close();
        web.close();
    }

    @Test
    void fiftyStreamsOfTwoRunsGetWhatThereIsAndNoMore() throws IOException {
        Path charter = launcher.charter("runaway", work, """
                network:
                  allow: [{host: %s, inspect: true, requests: ["POST /v1/**"]}]
                  route: [{host: %s, to: '127.0.0.1:%d'}]
                  authorities: [%s]
                budget: {model: {calls: %d/day, money: 1 USD/run}}
                """.formatted(HOST, HOST, web.port(), authority, CALLS));
        List<Started> runs = List.of(
                launcher.run(charter, work, "/bin/sh", "again.sh"), launcher.run(charter, work, "/bin/sh", "again.sh"));
        int allowed = 0;
        for (Started run : runs) {
            Ended ended = run.ended();
            assertThat(ended.out().lines()).as(ended.toString()).hasSize(40).allMatch(code -> code.matches("200|429"));
            allowed += (int) ended.out().lines().filter("200"::equals).count();
        }
        assertThat(allowed).isEqualTo(CALLS);
        // Of the others the server has seen a beginning; the end never came.
        assertThat(web.whole()).hasSize(CALLS);
        List<Event> denied =
                launcher.events("runaway").stream().filter(Launcher::denied).toList();
        assertThat(denied)
                .hasSize(80 - CALLS)
                .allSatisfy(event -> assertThat(
                                Objects.requireNonNull(event.decision()).rule())
                        .isEqualTo("budget.model.calls"));
        assertThat(launcher.pawl("budget", "--all", "--json").out())
                .contains("{\"account\":\"agent\",\"name\":\"runaway\",\"period\":\"day\",")
                .contains(
                        "\"calls\":{\"spent\":30,\"reserved\":0,\"limit\":30},\"tokens\":{\"spent\":450,\"reserved\":0}");
        Ended late = launcher.run(charter, work, "/bin/sh", "-c", "sh again.sh > /dev/null; cat 7.out")
                .ended();
        assertThat(late.out()).as(late.toString()).contains("\"error\"", "may use 30 calls a day");
        assertThat(web.whole()).hasSize(CALLS);
    }
}
