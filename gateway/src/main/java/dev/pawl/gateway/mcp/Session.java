package dev.pawl.gateway.mcp;

import dev.pawl.core.Advisor;
import dev.pawl.core.Answer;
import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Monitor;
import dev.pawl.core.Monitor.Judged;
import dev.pawl.core.ProcessInfo;
import dev.pawl.gateway.leak.LeakDesk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One conversation over lines, as a server on standard streams has it. What is forwarded is forwarded byte for byte; a call is on
 * record before it is, and what came of it after. Thread-safe: each side has a thread, and answers of people come on theirs.
 */
public final class Session {
    /** Requests under way in one direction; more are refused. */
    static final int MOST_OPEN = 1024;

    private static final byte[] RENEWED =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}".getBytes(StandardCharsets.US_ASCII);

    /** Takes one message without its line feed. Thread-safe. */
    @FunctionalInterface
    public interface Line {
        void write(byte[] bytes, int from, int to);

        /** All of it. */
        default void write(byte[] bytes) {
            write(bytes, 0, bytes.length);
        }
    }

    /**
     * Whose conversation it is.
     *
     * @param server what the charter calls the server
     * @param process the agent
     * @param cause event that led to it
     * @param answer bytes an answer may have
     */
    public record Talk(String server, ProcessInfo process, String cause, long answer) {}

    /** A request that is under way; {@code held} is set while a person decides. */
    private static final class Open {
        final Message.Request request;
        final Optional<Attempt.Tool> call;
        volatile String event = "";
        volatile @Nullable Answer held;

        Open(Message.Request request, Optional<Attempt.Tool> call) {
            this.request = request;
            this.call = call;
        }
    }

    private final Talk talk;
    private final Monitor monitor;
    private final Advisor advisor;
    private final LeakDesk leaks;
    private final Lists lists;
    private final Line toAgent;
    private final Line toServer;
    private final Map<String, Open> fromAgent = new ConcurrentHashMap<>();
    private final Map<String, String> fromServer = new ConcurrentHashMap<>();
    private volatile boolean over;

    public Session(
            Talk talk,
            Monitor monitor,
            Advisor advisor,
            LeakDesk leaks,
            Pins pins,
            Changes changes,
            Line toAgent,
            Line toServer) {
        this.talk = talk;
        this.monitor = monitor;
        this.advisor = advisor;
        this.leaks = leaks;
        this.lists = new Lists(talk.server(), pins, changes, () -> toAgent.write(RENEWED));
        this.toAgent = toAgent;
        this.toServer = toServer;
    }

    /** A message of the agent. */
    public void agent(byte[] line, int from, int to) {
        switch (MessageReader.read(line, from, to)) {
            case Message.Request request -> request(request, line, from, to);
            case Message.Notification said -> said(said, line, from, to);
            case Message.Answer answer -> {
                // What nobody asked for is no answer; a server could take it for one to another question.
                if (fromServer.remove(answer.id().key()) != null) {
                    toServer.write(line, from, to);
                }
            }
            case Message.Unreadable(var id, String reason) -> refuse(id, reason);
        }
    }

    /** A line of the agent that was longer than any may be. */
    public void agentTooLong() {
        refuse(Optional.empty(), "it is too long");
    }

    private void refuse(Optional<Id> id, String reason) {
        fault("a message of the agent was not forwarded: " + reason);
        toAgent.write(Replies.unreadable(id, reason));
    }

    private void request(Message.Request request, byte[] line, int from, int to) {
        Optional<String> unreadable = Calls.unreadable(request);
        if (unreadable.isPresent()) {
            refuse(Optional.of(request.id()), unreadable.get());
            return;
        }
        Open open = new Open(request, Calls.attempt(talk.server(), request));
        if (fromAgent.size() >= MOST_OPEN) {
            refuse(Optional.of(request.id()), "too many requests are under way");
        } else if (fromAgent.putIfAbsent(request.id().key(), open) != null) {
            // Answered without an id: the one that is under way will be answered under it.
            refuse(Optional.empty(), "a request with its id is under way");
        } else if (open.call.isEmpty()) {
            toServer.write(line, from, to);
        } else {
            call(open, open.call.get(), line, from, to);
        }
    }

    private void call(Open open, Attempt.Tool call, byte[] line, int from, int to) {
        Optional<Decision> leak = leaks.message(line, from, to, call.server());
        if (leak.isPresent()) {
            Body body = new Body.Tool(call.server(), call.tool(), "{}", null);
            String event = monitor.record(body, talk.process(), talk.cause(), leak.get());
            denied(open, new Judged(leak.get(), event));
            return;
        }
        HeldCall holding = new HeldCall(call, talk.process(), () -> waits(open));
        Monitor.Verdict verdict = monitor.judge(call, talk.process(), talk.cause(), holding);
        if (verdict.answer().isEmpty()) {
            settled(open, verdict.now(), line, from, to);
            return;
        }
        byte[] kept = java.util.Arrays.copyOfRange(line, from, to);
        Answer answer = verdict.answer().get();
        open.held = answer;
        answer.then(judged -> settled(open, judged, kept, 0, kept.length));
    }

    private boolean waits(Open open) {
        return !over && fromAgent.get(open.request.id().key()) == open;
    }

    private void settled(Open open, Judged judged, byte[] line, int from, int to) {
        open.held = null;
        if (!judged.decision().allowed()) {
            denied(open, judged);
        } else if (waits(open)) {
            open.event = judged.event();
            toServer.write(line, from, to);
        }
    }

    private void denied(Open open, Judged judged) {
        if (!fromAgent.remove(open.request.id().key(), open)) {
            return;
        }
        Attempt.Tool call = open.call.orElseThrow();
        String next = advisor.next(call, judged.decision());
        String words = Replies.words(call.tool(), call.server(), judged.decision(), next, judged.event());
        toAgent.write(Replies.refused(open.request, words));
    }

    /** Who does not wait for a held call any more says so; the server never heard of it. */
    private void said(Message.Notification said, byte[] line, int from, int to) {
        String id = said.method().equals("notifications/cancelled")
                ? said.params().named().get("requestId")
                : null;
        Open open = id == null ? null : cancelled(id);
        Answer held = open == null ? null : open.held;
        if (open == null || held == null) {
            toServer.write(line, from, to);
            return;
        }
        if (fromAgent.remove(open.request.id().key(), open)) {
            held.giveUp();
        }
    }

    private @Nullable Open cancelled(String id) {
        Open number = fromAgent.get("n" + id);
        return number == null ? fromAgent.get("s" + id) : number;
    }

    /** A message of the server. */
    public void server(byte[] line, int from, int to) {
        switch (MessageReader.read(line, from, to)) {
            case Message.Request request -> {
                if (fromServer.size() < MOST_OPEN
                        && fromServer.putIfAbsent(request.id().key(), request.method()) == null) {
                    toAgent.write(line, from, to);
                }
            }
            case Message.Notification _ -> toAgent.write(line, from, to);
            case Message.Answer answer -> answered(answer, line, from, to);
            case Message.Unreadable(var id, String reason) -> {
                fault("a message of the server was not forwarded: " + reason);
                Open open = id.map(known -> fromAgent.remove(known.key())).orElse(null);
                if (open != null) {
                    instead(open, "the answer cannot be read: " + reason, "unreadable");
                }
            }
        }
    }

    private void answered(Message.Answer answer, byte[] line, int from, int to) {
        Open open = fromAgent.get(answer.id().key());
        // What nobody asked for, or what is not asked for yet, is no answer.
        if (open == null || open.held != null || !fromAgent.remove(answer.id().key(), open)) {
            return;
        }
        if (to - from > talk.answer()) {
            String words = "the answer has " + (to - from) + " bytes, and tools.answer allows " + talk.answer();
            instead(open, words, "answer too large");
            return;
        }
        Optional<byte[]> shown = answer.result().tools().isEmpty()
                ? Optional.empty()
                : lists.shown(
                        new String(line, from, to - from, StandardCharsets.UTF_8),
                        answer.result().tools());
        shown.ifPresentOrElse(toAgent::write, () -> toAgent.write(line, from, to));
        outcome(open, answer.result().outcome());
    }

    private void instead(Open open, String words, String outcome) {
        toAgent.write(Replies.refused(open.request, "Pawl did not show what the server answered: " + words + "."));
        outcome(open, outcome);
    }

    /** A line of the server that was longer than any may be: whose answer it was cannot be told. */
    public void serverTooLong() {
        fault("a message of the server was not forwarded: it is too long");
        List<Open> all = new ArrayList<>(fromAgent.values());
        all.stream().filter(open -> open.held == null).forEach(open -> {
            if (fromAgent.remove(open.request.id().key(), open)) {
                instead(open, "a message of it was too long to be read, maybe this answer", "answer too large");
            }
        });
    }

    /** Nothing more goes either way: what is under way is answered, and nobody waits for people any more. */
    public void end() {
        over = true;
        for (Open open : new ArrayList<>(fromAgent.values())) {
            if (fromAgent.remove(open.request.id().key(), open)) {
                Answer held = open.held;
                if (held != null) {
                    held.giveUp();
                }
                instead(open, "the server ended", "server ended");
            }
        }
    }

    private void outcome(Open open, String outcome) {
        open.call.filter(_ -> !open.event.isEmpty()).ifPresent(call -> {
            String arguments = Body.Tool.cut(call.arguments(), Body.ToolCall.LONGEST);
            var _ = monitor.record(
                    new Body.Tool(call.server(), call.tool(), arguments, outcome), talk.process(), open.event, null);
        });
    }

    private void fault(String detail) {
        var _ = monitor.record(new Body.Control("mcp", "gateway", null, detail), null, talk.cause(), null);
    }
}
