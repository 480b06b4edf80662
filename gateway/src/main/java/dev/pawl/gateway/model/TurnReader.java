package dev.pawl.gateway.model;

import java.io.ByteArrayOutputStream;
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
        this.stream = contentType.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length());
    }

    /** Takes bytes of the body, without any coding. */
    public void feed(byte[] bytes, int from, int to) {
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
        return draft.turn(wire);
    }

    /** Tokens counted so far, for who has to cut a stream in its middle. */
    public Usage soFar() {
        return draft.usage();
    }

    /** Whether a part was too long or no JSON, so that what is told may lack something. */
    public boolean lost() {
        return lost || events.tooLong();
    }

    private void event(byte[] data, int from, int to) {
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
