package dev.pawl.server;

import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import dev.pawl.server.approvals.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The open questions of all runs this user can reach. Nothing is kept: the runs are asked. Thread-safe. */
public final class Questions {
    private static final Duration LIST_TIMEOUT = Duration.ofSeconds(2);
    /** A yes waits until it is in effect. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final Runs runs;

    /**
     * One open question.
     *
     * @param json as docs/approvals.md describes it
     */
    public record Listed(String id, String agent, String run, JsonObject question, String json, Path socket) {}

    /**
     * What is open.
     *
     * @param questions in fair turn: one of each agent, then the next of each; oldest first within one
     * @param more questions for which there was no room
     * @param ended for the last that are not open any more, what became of them by id
     */
    public record Listing(List<Listed> questions, int more, Map<String, String> ended) {
        public Listing {
            questions = List.copyOf(questions);
            ended = Map.copyOf(ended);
        }
    }

    public Questions(Home home) {
        this.runs = new Runs(home);
    }

    /**
     * All of them.
     *
     * @throws IOException if the home cannot be read
     */
    public Listing open() throws IOException {
        Map<String, Listed> found = new LinkedHashMap<>();
        Map<String, String> ended = new LinkedHashMap<>();
        int more = 0;
        for (Map.Entry<Path, ControlAnswer> answer : all().entrySet()) {
            if (answer.getValue() instanceof ControlAnswer.Questions(List<String> lines, int left, List<String> gone)) {
                lines.forEach(line -> read(line, answer.getKey(), found));
                gone.forEach(words -> ended.put(
                        words.substring(0, Math.max(0, words.indexOf(' '))), words.substring(words.indexOf(' ') + 1)));
                more += left;
            }
        }
        return new Listing(inTurn(found.values().stream().toList()), more, ended);
    }

    /** Says yes. The user is who this process runs as; the run asks the kernel. */
    public ControlAnswer approve(Listed question, Scope scope) {
        return ControlClient.ask(
                question.socket(),
                ControlOrder.APPROVE,
                out -> out.text("question", question.id()).text("scope", scope.text()),
                ANSWER_TIMEOUT);
    }

    /** Says no; the reason may be empty. */
    public ControlAnswer refuse(Listed question, String reason) {
        return ControlClient.ask(
                question.socket(),
                ControlOrder.REFUSE,
                out -> out.text("question", question.id()).text("reason", reason),
                ANSWER_TIMEOUT);
    }

    private List<Path> sockets() throws IOException {
        List<Path> sockets = new ArrayList<>();
        for (RunView run : runs.all()) {
            if (run.live()) {
                sockets.add(run.directory().control());
            }
        }
        sockets.addAll(ApproverSockets.all());
        return sockets;
    }

    private Map<Path, ControlAnswer> all() throws IOException {
        Map<Path, Future<ControlAnswer>> asked = new LinkedHashMap<>();
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Path socket : sockets()) {
                asked.put(
                        socket, together.submit(() -> ControlClient.ask(socket, ControlOrder.APPROVALS, LIST_TIMEOUT)));
            }
        }
        Map<Path, ControlAnswer> answers = new LinkedHashMap<>();
        for (Map.Entry<Path, Future<ControlAnswer>> answer : asked.entrySet()) {
            try {
                answers.put(answer.getKey(), answer.getValue().get());
            } catch (ExecutionException e) {
                throw new IOException("a run could not be asked", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        return answers;
    }

    private static void read(String line, Path socket, Map<String, Listed> into) {
        if (JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)) instanceof JsonObject.Whole(JsonObject question)) {
            try {
                String id = question.text("id");
                into.putIfAbsent(
                        question.text("run") + " " + id,
                        new Listed(id, question.text("agent"), question.text("run"), question, line, socket));
            } catch (JsonFault e) {
                // Another version of Pawl holds that run; what it asks cannot be shown.
                return;
            }
        }
    }

    /** However many one agent asks, the others' first question stands among the first. */
    static List<Listed> inTurn(List<Listed> all) {
        Map<String, Deque<Listed>> agents = new LinkedHashMap<>();
        all.stream()
                .sorted(Comparator.comparing(listed -> listed.question().text("asked")))
                .forEach(listed -> agents.computeIfAbsent(listed.agent(), agent -> new ArrayDeque<>())
                        .add(listed));
        List<Listed> turn = new ArrayList<>();
        while (turn.size() < all.size()) {
            for (Deque<Listed> waiting : agents.values()) {
                if (!waiting.isEmpty()) {
                    turn.add(waiting.removeFirst());
                }
            }
        }
        return turn;
    }
}
