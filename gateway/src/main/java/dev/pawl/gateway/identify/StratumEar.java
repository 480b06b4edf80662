package dev.pawl.gateway.identify;

import dev.pawl.gateway.identify.StratumWords.Meaning;
import dev.pawl.gateway.identify.StratumWords.Weight;

/**
 * Listens for mining in the bytes of one direction: as values that follow each other, which may span lines, and as lines,
 * each by itself, so that nothing before a message hides it.
 */
final class StratumEar {
    private final RpcMessages streamMessages = new RpcMessages(this::hear);
    private final RpcMessages lineMessages = new RpcMessages(this::hear);
    private final JsonReader stream = new JsonReader(streamMessages, false);
    private final JsonReader lines = new JsonReader(lineMessages, true);
    private final boolean byLines;
    private Meaning heard = Meaning.NOTHING;
    private int taken;

    StratumEar() {
        this(true);
    }

    private StratumEar(boolean byLines) {
        this.byLines = byLines;
    }

    /** For a text that is JSON as a whole. */
    static StratumEar ofValues() {
        return new StratumEar(false);
    }

    /** Takes what is new in the beginning of a direction. */
    void hear(Bytes bytes) {
        while (taken < bytes.length() && heard.weight() != Weight.MINING) {
            if (stream.lost() && (lines.lost() || !byLines)) {
                int feed = bytes.indexOf('\n', taken);
                taken = feed < 0 ? bytes.length() : feed;
            }
            if (taken < bytes.length()) {
                accept(bytes.at(taken++));
            }
        }
    }

    /** Takes the next byte. */
    void accept(int b) {
        if (heard.weight() != Weight.MINING) {
            stream.accept(b);
        }
        if (byLines && heard.weight() != Weight.MINING) {
            lines.accept(b);
        }
    }

    private void hear(RpcMessage message) {
        Meaning meaning = StratumWords.of(message);
        if (meaning.weight().compareTo(heard.weight()) > 0) {
            heard = meaning;
        }
    }

    /** The weightiest of what was heard. */
    Meaning heard() {
        return heard;
    }

    /** Whether a message has begun that is mining as far as it goes. */
    boolean begun() {
        RpcMessage first = streamMessages.open();
        RpcMessage second = lineMessages.open();
        return (first != null && StratumWords.begins(first)) || (second != null && StratumWords.begins(second));
    }
}
