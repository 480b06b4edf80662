package dev.pawl.gateway.mcp;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor.Judged;
import dev.pawl.core.ProcessInfo;
import dev.pawl.gateway.inspect.Deed;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.inspect.Problem;
import dev.pawl.gateway.inspect.Response;
import dev.pawl.gateway.inspect.Ruling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request of MCP over HTTP and its answer ("Streamable HTTP" of the protocol): a message is gathered and decided before any of
 * it goes on. Used on one event loop.
 */
final class HttpTalk implements Outgoing, Deed {
    private static final int OK = 200;
    private static final int MOST_REQUEST = 8 << 20;
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

    /** Records what nobody waits for. */
    @FunctionalInterface
    interface Note {
        void record(Body body, @Nullable String cause, @Nullable Decision decision);
    }

    private final String server;
    private final ProcessInfo process;
    private final long mostAnswer;
    private final Lists lists;
    private final Note note;
    private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
    private Head head = new Head("", "", "", "", List.of());
    private boolean whole;
    private Message.@Nullable Request request;
    private Attempt.@Nullable Tool call;
    private @Nullable Judged allowed;
    private @Nullable AnswerBody answer;
    private @Nullable String outcome;

    HttpTalk(String server, ProcessInfo process, long mostAnswer, Lists lists, Note note) {
        this.server = server;
        this.process = process;
        this.mostAnswer = mostAnswer;
        this.lists = lists;
        this.note = note;
    }

    /** Answers come uncompressed, since they are read. */
    @Override
    public Ruling head(Head came) {
        head = new Head(
                came.method(),
                came.scheme(),
                came.authority(),
                came.target(),
                came.headers().stream()
                        .filter(header -> !header.is("accept-encoding") && !header.is("range"))
                        .toList());
        if (BODILESS.contains(came.method())) {
            return new Ruling.Pass(head);
        }
        if (!came.method().equals("POST")) {
            return refuse(405, "MCP is spoken with POST, GET and DELETE, and this is " + came.method());
        }
        boolean json = type(came.header("content-type")).equals("application/json") && readsOneWay(came);
        boolean coded = Header.coded(came.headers());
        return json && !coded
                ? new Ruling.Gather(head)
                : refuse(415, "a message to a server of tools is JSON, without a coding");
    }

    /** One type, and no other set of characters: a server that goes by it would read another message. */
    private static boolean readsOneWay(Head came) {
        List<String> types = came.headers().stream()
                .filter(header -> header.is("content-type"))
                .map(header -> header.value().toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", ""))
                .toList();
        return types.size() == 1
                && (!types.getFirst().contains(";") || types.getFirst().equals("application/json;charset=utf-8"));
    }

    private static String type(Optional<String> value) {
        String all = value.orElse("");
        int parameters = all.indexOf(';');
        return (parameters < 0 ? all : all.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public Ruling body(ByteBuf part, boolean last) {
        int bytes = part.readableBytes();
        if (BODILESS.contains(head.method())) {
            return bytes == 0 ? new Ruling.Forward(0) : refuse(400, "a request of this method has no body in MCP");
        }
        if (!whole) {
            asked.writeBytes(ByteBufUtil.getBytes(part));
            if (asked.size() > MOST_REQUEST) {
                return refuse(413, "a message to a server of tools has at most " + MOST_REQUEST + " bytes");
            }
            if (last) {
                whole = true;
                Optional<Ruling> objection = read(asked.toByteArray());
                asked.reset();
                if (objection.isPresent()) {
                    return objection.get();
                }
            }
        }
        return last && call != null && allowed == null ? new Ruling.Decide(this) : new Ruling.Forward(bytes);
    }

    private Optional<Ruling> read(byte[] message) {
        return switch (MessageReader.read(message, 0, message.length)) {
            case Message.Request said -> {
                Optional<String> unreadable = Calls.unreadable(said).or(() -> mismatch(said));
                if (unreadable.isPresent()) {
                    yield Optional.of(refuse(400, "this message is not forwarded: " + unreadable.get()));
                }
                request = said;
                call = Calls.attempt(server, said).orElse(null);
                yield Optional.empty();
            }
            case Message.Notification _, Message.Answer _ -> Optional.empty();
            case Message.Unreadable(var _, String reason) ->
                Optional.of(refuse(400, "this message is not forwarded: " + reason));
        };
    }

    /** From 2026-07-28 on header fields repeat what the message says, and who decides by them must decide the same. */
    private Optional<String> mismatch(Message.Request said) {
        Optional<String> name = Optional.ofNullable(said.params().named().get("name"))
                .or(() -> Optional.ofNullable(said.params().named().get("uri")));
        boolean method = head.headers().stream()
                .filter(header -> header.is("mcp-method"))
                .allMatch(header -> header.value().equals(said.method()));
        boolean named = head.headers().stream()
                .filter(header -> header.is("mcp-name"))
                .map(Header::value)
                .allMatch(value -> name.filter(decoded(value)::equals).isPresent());
        return method && named ? Optional.empty() : Optional.of("its header says another method or name");
    }

    private static String decoded(String value) {
        if (!value.startsWith("=?base64?") || !value.endsWith("?=")) {
            return value;
        }
        try {
            return new String(
                    Base64.getDecoder().decode(value.substring("=?base64?".length(), value.length() - 2)),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    @Override
    public Head whole(Head gathered) {
        return gathered;
    }

    @Override
    public boolean asks() {
        return !BODILESS.contains(head.method());
    }

    @Override
    public Attempt attempt() {
        return tool();
    }

    private Attempt.Tool tool() {
        if (call == null) {
            throw new IllegalStateException("nothing is called");
        }
        return call;
    }

    @Override
    public Holding holding(BooleanSupplier open) {
        return new HeldCall(tool(), process, open);
    }

    @Override
    public void allowed(Judged judged) {
        allowed = judged;
    }

    /** As the server would answer, so that the model reads it. */
    @Override
    public Problem.Voice voice() {
        return new Problem.Voice() {
            @Override
            public int status(int usual) {
                return OK;
            }

            @Override
            public String type() {
                return "application/json";
            }

            @Override
            public String body(Problem problem) {
                String words = Replies.words(tool().tool(), server, problem.denial(), problem.next(), problem.event());
                return new String(Replies.refused(said(), words), StandardCharsets.US_ASCII);
            }
        };
    }

    private Message.Request said() {
        if (request == null) {
            throw new IllegalStateException("nothing is called");
        }
        return request;
    }

    @Override
    public Ruling answer(Response came) {
        if (came.interim() || answer != null) {
            return new Ruling.Show(came);
        }
        String type = type(came.header("content-type"));
        boolean stream = type.equals("text/event-stream");
        boolean message = type.equals("application/json") && request != null && came.status() / 100 == 2;
        if (!stream && !message) {
            outcome = "status " + came.status();
            return new Ruling.Show(came);
        }
        if (came.header("content-encoding").isPresent()) {
            return refuse(502, "the server coded its answer, which was not asked for and cannot be read");
        }
        long length = came.header("content-length").map(HttpTalk::number).orElse(0L);
        if (message && length > mostAnswer) {
            outcome = "answer too large";
            return refuse(502, "the answer has " + length + " bytes, and tools.answer allows " + mostAnswer);
        }
        answer = stream
                ? new EventStream(
                        this::shown, mostAnswer, came.header("content-length").isPresent())
                : new WholeAnswer(this::shown, mostAnswer);
        return new Ruling.Show(came);
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    @Override
    public boolean readsAnswer() {
        return answer != null;
    }

    @Override
    public Ruling answerBody(ByteBuf part, boolean last) {
        AnswerBody reading = answer;
        if (reading == null) {
            throw new IllegalStateException("an answer without a head");
        }
        Optional<ByteBuf> shown = reading.take(part, last);
        if (shown.isEmpty()) {
            outcome = "answer too large";
            return refuse(502, "the answer has more bytes than tools.answer allows: " + mostAnswer);
        }
        return new Ruling.Replace(part.readableBytes(), shown.get());
    }

    /** What is shown of a message of the server; empty for nothing, the same array for the message as it is. */
    private Optional<byte[]> shown(byte[] message, boolean tooLong) {
        Message.Request said = request;
        if (tooLong) {
            outcome = "answer too large";
            note.record(fault("a message is longer than tools.answer allows"), null, null);
            return said == null
                    ? Optional.empty()
                    : Optional.of(Replies.refused(
                            said,
                            "Pawl did not show what the server answered: it is longer than tools.answer allows."));
        }
        switch (MessageReader.read(message, 0, message.length)) {
            case Message.Answer came -> {
                if (said != null && came.id().key().equals(said.id().key())) {
                    outcome = came.result().outcome();
                }
                return came.result().tools().isEmpty()
                        ? Optional.of(message)
                        : Optional.of(lists.shown(
                                        new String(message, StandardCharsets.UTF_8),
                                        came.result().tools())
                                .orElse(message));
            }
            case Message.Request _, Message.Notification _ -> {
                return Optional.of(message);
            }
            case Message.Unreadable(var _, String reason) -> {
                outcome = "unreadable";
                note.record(fault("a message of the server was not forwarded: " + reason), null, null);
                return Optional.empty();
            }
        }
    }

    private static Body fault(String detail) {
        return new Body.Control("mcp", "gateway", null, detail);
    }

    @Override
    public void over() {
        Judged judged = allowed;
        if (judged != null && call != null) {
            String arguments = Body.Tool.cut(call.arguments(), Body.ToolCall.LONGEST);
            note.record(
                    new Body.Tool(server, call.tool(), arguments, outcome == null ? "no answer" : outcome),
                    judged.event(),
                    null);
        }
    }

    private static Ruling refuse(int status, String because) {
        return new Ruling.Refuse(
                new Decision(Decision.Verdict.DENY, "mcp.unreadable", null, because, "gateway"), status);
    }
}
