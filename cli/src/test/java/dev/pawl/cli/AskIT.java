package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.server.Questions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a charter says a person has to agree to, in real runs. */
final class AskIT {
    /** The gateway keeps an answer of a name server for 30 seconds. */
    private static final long KEPT_NANOS = 31_000_000_000L;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Asker asker = new Asker(launcher);
    private Path work = Path.of(".");
    private Web web = new Web("127.0.0.1", 0, "the world");

    AskIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        asker = new Asker(launcher);
        work = launcher.workspace("ask", "asked.py");
    }

    @AfterEach
    void close() {
        launcher.close();
        web.close();
    }

    @Test
    void aBlockingConnectWaitsForAYes() throws IOException {
        Started run = fetch("once");
        Questions.Listed question = asker.question("once");
        assertThat(web.requests()).isZero();
        assertThat(question.json())
                .contains("deploy.example", "asked.py", "it reaches customers", "no-data-exfiltration")
                .contains("\"purpose\":\"to be held\"");
        Ended approved = asker.approve(question, "once");
        assertThat(approved.code()).as(approved.toString()).isZero();
        assertThat(approved.out()).contains("approved, once: 1 attempt goes on");
        Ended ended = run.ended();
        assertThat(ended.out()).as(ended.toString()).contains("200 the world");
        assertThat(connects("once")).containsExactly("ask network.allow[0]", "allow approved.once");
        Ended replay = asker.approve(question, "once");
        assertThat(replay.code()).isEqualTo(1);
    }

    @Test
    void aNoIsReadable() throws IOException {
        Started run = fetch("no");
        Ended refused = asker.refuse(asker.question("no"), "not on fridays");
        assertThat(refused.code()).as(refused.toString()).isZero();
        Ended ended = run.ended();
        assertThat(ended.out()).as(ended.toString()).contains("PermissionError");
        assertThat(web.requests()).isZero();
        assertThat(launcher.events("no").stream()
                        .filter(Launcher::denied)
                        .map(event -> Launcher.decision(event).because()))
                .allMatch(because -> because.contains("said no") && because.contains("not on fridays"));
    }

    @Test
    void noAnswerInTimeIsANo() throws IOException {
        Path charter = launcher.charter("late", work, web.asks("deploy.example") + "asks: {wait: 2s}\n");
        Ended ended = launcher.run(charter, work, Launcher.PYTHON, "asked.py", "get", "deploy.example")
                .ended();
        assertThat(ended.out()).as(ended.toString()).contains("PermissionError");
        assertThat(connects("late")).containsExactly("ask network.allow[0]", "deny ask.expired");
    }

    @Test
    void whoGivesUpAndTriesAgainMeetsTheSameAnswer() throws IOException {
        Path charter = launcher.charter("retry", work, web.asks("deploy.example"));
        Started run = launcher.run(charter, work, Launcher.PYTHON, "asked.py", "retry", "deploy.example");
        run.says("gave up");
        Questions.Listed question = asker.question("retry");
        asker.approve(question, "once");
        Files.writeString(work.resolve("go"), "");
        Ended ended = run.ended();
        assertThat(ended.out()).as(ended.toString()).contains("200 the world");
        assertThat(launcher.controls("approve")).hasSize(1);
        assertThat(ended.err()).containsOnlyOnce("asks to connect");
    }

    @Test
    void aProgramWaitsAndWhatItReadsMayNotChange() throws IOException {
        Files.writeString(work.resolve("deploy.sh"), "echo deployed\n");
        Path charter = launcher.charter("script", work, """
                commands:
                  - {program: python3}
                  - {program: bash, arguments: [deploy.sh], ask: true}
                """);
        Started honest = launcher.run(charter, work, Launcher.PYTHON, "asked.py", "run", "/usr/bin/bash", "deploy.sh");
        asker.approve(asker.question("script"), "once");
        assertThat(honest.ended().out()).contains("deployed", "exit 0");
        Started changing =
                launcher.run(charter, work, Launcher.PYTHON, "asked.py", "run", "/usr/bin/bash", "deploy.sh");
        Questions.Listed question = asker.question("script");
        Files.writeString(work.resolve("deploy.sh"), "echo something else\n");
        Ended approved = asker.approve(question, "run");
        assertThat(approved.out()).contains("nothing goes on", "a file that the arguments name changed");
        Ended ended = changing.ended();
        assertThat(ended.out()).as(ended.toString()).contains("PermissionError").doesNotContain("something else");
    }

    @Test
    void neitherArgumentsNorEnvironmentMayChangeWhileTheQuestionIsOpen() throws IOException {
        Path charter = launcher.charter("memory", work, """
                commands:
                  - {program: python3}
                  - {program: env, ask: true}
                """);
        for (String what : List.of("arguments", "environment")) {
            Files.deleteIfExists(work.resolve("change"));
            Started run = launcher.run(charter, work, Launcher.PYTHON, "asked.py", "rewrite", what);
            Questions.Listed question = asker.question("memory");
            Files.writeString(work.resolve("change"), "");
            run.says("rewritten");
            Ended approved = asker.approve(question, "once");
            assertThat(approved.out()).contains("the " + what + " changed");
            assertThat(run.ended().out()).contains("errno 13").doesNotContain("EVIL");
        }
    }

    @Test
    void aNameThatLeadsElsewhereIsRefused() throws IOException {
        try (RecordingResolver resolver =
                        new RecordingResolver(Map.of("turns.example", List.of("127.0.0.2", "127.0.0.3")));
                Web first = new Web("127.0.0.2", 8099, "first");
                Web second = new Web("127.0.0.3", 8099, "second")) {
            Path charter = launcher.charter("turns", work, """
                    network:
                      resolver: '127.0.0.1:%d'
                      allow: [{host: turns.example, port: 8099, protocol: http, ask: true}]
                      addresses: [{cidr: 127.0.0.0/8, port: 8099, ask: true}]
                    """.formatted(resolver.port()));
            Started run = launcher.run(charter, work, Launcher.PYTHON, "asked.py", "get", "turns.example", "8099");
            Questions.Listed question = asker.question("turns");
            assertThat(question.json()).contains("127.0.0.2").doesNotContain("127.0.0.3");
            long begin = System.nanoTime();
            Started.until("what a name server said is old", () -> System.nanoTime() - begin > KEPT_NANOS);
            Ended approved = asker.approve(question, "once");
            assertThat(approved.out()).as(approved.toString()).contains("the name leads to other addresses");
            // The program tries the name's other address family, and that asks anew.
            Questions.Listed next = asker.question("turns");
            assertThat(next.json()).contains("127.0.0.3").doesNotContain("127.0.0.2");
            asker.refuse(next, "");
            Ended ended = run.ended();
            assertThat(ended.out()).contains("PermissionError");
            assertThat(first.requests() + second.requests()).isZero();
        }
    }

    @Test
    void anAgentCannotAnswerItself() throws IOException {
        Path charter = launcher.charter("self", work, web.asks("deploy.example"));
        Path home = launcher.home();
        Started run =
                launcher.run(charter, work, Launcher.PYTHON, "asked.py", "self", "deploy.example", home.toString());
        Questions.Listed question = asker.question("self");
        Files.writeString(work.resolve("question"), question.id());
        run.says("answered nothing");
        assertThat(asker.find("self")).isPresent();
        assertThat(launcher.controls("approve")).isEmpty();
        assertThat(web.requests()).isZero();
        asker.refuse(question, "");
        run.ended();
    }

    @Test
    void stopEndsWhatIsHeld() throws IOException {
        Started run = fetch("stopped");
        Questions.Listed question = asker.question("stopped");
        Ended stopped = launcher.pawl("stop", "stopped");
        assertThat(stopped.code()).as(stopped.toString()).isZero();
        assertThat(run.ended().code()).isEqualTo(137);
        assertThat(connects("stopped")).containsExactly("ask network.allow[0]", "deny ask.stopped");
        assertThat(asker.approve(question, "once").code()).isEqualTo(1);
        assertThat(web.requests()).isZero();
    }

    @Test
    void frozenTimeDoesNotCount() throws IOException {
        Path charter = launcher.charter(
                "frozen", work, web.asks("deploy.example") + "asks: {wait: 8s}\nbudget: {wall: 40s}\n");
        Started run = launcher.run(charter, work, Launcher.PYTHON, "asked.py", "get", "deploy.example");
        asker.question("frozen");
        assertThat(launcher.pawl("freeze", "frozen").code()).isZero();
        assertThat(launcher.controls("freeze"))
                .as("what is held does not move")
                .extracting(Body.Control::detail)
                .containsOnlyNulls();
        long left = asker.question("frozen").question().number("seconds_left");
        long begin = System.nanoTime();
        Started.until("ten seconds pass", () -> System.nanoTime() - begin > 10_000_000_000L);
        Questions.Listed still = asker.question("frozen");
        assertThat(still.question().number("seconds_left")).isEqualTo(left);
        assertThat(asker.approve(still, "once").err()).contains("frozen");
        assertThat(launcher.pawl("resume", "frozen").code()).isZero();
        asker.approve(still, "once");
        assertThat(run.ended().out()).contains("200 the world");
    }

    @Test
    void oneAgentCannotBuryTheQuestionOfAnother() throws IOException {
        Path many = launcher.charter("many", work, "commands: [{program: bash}, {program: 'true', ask: true}]\n");
        Started flood = launcher.run(many, work, "bash", "-c", "for i in {1..200}; do /usr/bin/true $i & done; wait");
        Started.until("a flood", () -> asker.open().size() >= 20);
        fetch("one");
        Questions.Listed question = asker.question("one");
        assertThat(asker.open().subList(0, 2))
                .extracting(Questions.Listed::agent)
                .contains("one");
        assertThat(asker.approve(question, "once").code()).isZero();
        assertThat(asker.open()).hasSizeLessThanOrEqualTo(64);
        assertThat(launcher.pawl("stop", "many").code()).isZero();
        flood.ended();
    }

    @Test
    void onlyListedApproversMayAnswer() throws IOException {
        assumeThat(Launcher.isRoot()).as("root, to be another user").isTrue();
        Path organization = Files.createDirectories(launcher.home()).resolve("organization.yaml");
        Files.writeString(organization, "organization: acme\napprovers: [{user: nobody}]\n");
        Started run = fetch("listed");
        Started.until("the question is said", () -> run.err().contains("pawl approve "));
        String id = run.err().replaceAll("(?s).*pawl approve ([0-9a-f]{8}-[0-9]+).*", "$1");
        Ended root = launcher.pawl("approve", id);
        assertThat(root.err()).contains("root may not answer for this agent; nobody may");
        Ended nobody = other("nobody", "approve", id);
        assertThat(nobody.code()).as(nobody.toString()).isZero();
        assertThat(run.ended().out()).contains("200 the world");
        assertThat(launcher.controls("approve"))
                .singleElement()
                .extracting(Body.Control::actor)
                .isEqualTo("nobody");
        // Taken off the list while the question is open.
        Started next = fetch("delisted");
        Questions.Listed question = asker.question("delisted");
        Files.writeString(organization, "organization: acme\napprovers: [{user: root}]\n");
        assertThat(other("nobody", "approve", question.id()).code()).isEqualTo(1);
        assertThat(asker.approve(question, "once").code()).isZero();
        assertThat(next.ended().out()).contains("200 the world");
    }

    private Ended other(String user, String... words) throws IOException {
        Path home = Path.of("/tmp/pawl-ask-it-" + ProcessHandle.current().pid());
        List<String> command = Stream.concat(
                        Stream.of(
                                "/usr/bin/setpriv",
                                "--reuid",
                                user,
                                "--clear-groups",
                                "/usr/bin/env",
                                "HOME=" + home,
                                "PAWL_HOME=" + home,
                                AttackTargets.launcher().toString()),
                        Stream.of(words))
                .toList();
        return launcher.program(Launcher.NOTHING, Path.of("/tmp"), command).ended();
    }

    private Started fetch(String agent) throws IOException {
        Path charter = launcher.charter(agent, work, web.asks("deploy.example"));
        return launcher.run(charter, work, Launcher.PYTHON, "asked.py", "get", "deploy.example");
    }

    private List<String> connects(String agent) {
        return launcher.events(agent).stream()
                .filter(event -> event.body() instanceof Body.Connect)
                .map(AskIT::verdict)
                .distinct()
                .toList();
    }

    private static String verdict(Event event) {
        return Launcher.decision(event).verdict().text() + " "
                + Launcher.decision(event).rule();
    }
}
