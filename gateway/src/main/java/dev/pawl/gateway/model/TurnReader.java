package dev.pawl.gateway.model;

import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads a model's answer while it passes, in any split. Keeps one event of a stream, or an answer of up to
 * {@value #LONGEST} bytes; what is longer is unknown. Never throws. Used by one thread at a time.
 */
public final class TurnReader {
    static final int LONGEST = 16 << 20;
    private static final int DEPTH = 64;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(LONGEST)
                    .build())
            .build());

    private final Wire wire;
    private final Answer answer;
    private final Marks marks;
    private final Draft draft;
    private final EventLines events = new EventLines(this::event);
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private final boolean stream;
    private boolean lost;
    private boolean ended;
    private long told;
    private long bytes;

    /**
     * For one answer.
     *
     * @param model the one that was asked for
     * @param contentType of the answer
     */
    public TurnReader(Wire wire, String model, String contentType) {
        this.wire = wire;
        this.answer = Answer.of(wire);
        this.marks = new Marks(answer.marks());
        this.draft = new Draft(model);
        this.stream = streams(contentType);
    }

    /** Whether an answer of this type is a stream of events. */
    static boolean streams(String contentType) {
        return contentType.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length());
    }

    /** Takes bytes of the body, without any coding. */
    public void feed(byte[] bytes, int from, int to) {
        this.bytes += to - from;
        if (stream) {
            events.feed(bytes, from, to);
        } else if (!lost) {
            lost = whole.size() + to - from > LONGEST;
            if (lost) {
                whole.reset();
            } else {
                whole.write(bytes, from, to - from);
            }
        }
    }

    /** What was answered so far; a turn that came at once is read here. */
    public ModelTurn end() {
        if (ended) {
            return draft.turn(wire);
        }
        ended = true;
        if (stream) {
            events.end();
        } else if (!lost && whole.size() > 0) {
            try {
                answer.whole(JSON.readTree(whole.toByteArray()), draft);
            } catch (JacksonException | ClassCastException | IllegalArgumentException e) {
                lost = true;
            }
            whole.reset();
        }
        draft.close();
        return draft.turn(wire);
    }

    /**
     * Tokens written so far, by the provider's count or, while it gave none, by the size of what came: for whom has to cut a
     * stream in its middle.
     */
    public long writtenSoFar() {
        return Math.max(draft.usage().output(), Math.max(told, bytes / wire.bytesOfToken()));
    }

    /** Whether there are calls that nothing more is said of and that {@link #told} did not give. */
    public boolean tells() {
        return draft.tells();
    }

    /** Calls that nothing more is said of, each of them once. */
    public List<ToolCall> told() {
        return draft.told();
    }

    /** What was answered so far. */
    public ModelTurn soFar() {
        return draft.turn(wire);
    }

    /** Whether a part was too long or no JSON, so that what is told may lack something. */
    public boolean lost() {
        return lost || events.tooLong();
    }

    private void event(byte[] data, int from, int to) {
        told++;
        if (to - from < 2 || data[from] != '{' || !marks.in(data, from, to)) {
            return;
        }
        try {
            JsonNode event = JSON.readTree(data, from, to - from);
            answer.event(event, draft);
        } catch (JacksonException | ClassCastException | IllegalArgumentException e) {
            lost = true;
        }
    }
}
