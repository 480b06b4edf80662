package dev.pawl.cli.run;

import dev.pawl.cli.view.NoticeText;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.EventSink;
import dev.pawl.server.Notices;
import java.io.IOException;
import java.util.List;

/**
 * Tells the agent of each denial once it is on record, and before whoever tried it gets an answer. An event that cannot
 * be written is no notice either: the run ends then. Thread-safe.
 */
final class Noticing implements EventSink {
    private final EventSink record;
    private final Notices notices;
    private final String owner;

    Noticing(EventSink record, Notices notices, String owner) {
        this.record = record;
        this.notices = notices;
        this.owner = owner;
    }

    @Override
    public void append(List<Event> events) throws IOException {
        record.append(events);
        events.forEach(this::tell);
    }

    private void tell(Event event) {
        Decision decision = event.decision();
        if (decision != null && decision.verdict() == Decision.Verdict.DENY) {
            notices.add(event.time(), () -> NoticeText.of(event, decision, owner), " Event " + event.id() + ".");
        }
    }
}
