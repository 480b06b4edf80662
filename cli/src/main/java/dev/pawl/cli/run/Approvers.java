package dev.pawl.cli.run;

import dev.pawl.cli.view.Plain;
import dev.pawl.core.RunControl;
import dev.pawl.server.ApproverSockets;
import dev.pawl.server.ControlServer;
import dev.pawl.server.approvals.Approvals;
import dev.pawl.server.approvals.Question;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a new question known, and the run reachable for those who may answer and do not hold it. Thread-safe. */
public final class Approvers implements Closeable {
    private static final int MAX_SHOWN = 200;

    private final String run;
    private final RunBacking backing;
    private final Approvals approvals;
    private final AtomicReference<? extends RunControl> held;
    private final Consumer<String> toPerson;
    private final Optional<InPlace> inPlace;
    private @Nullable ControlServer server;
    private boolean closed;

    /**
     * @param toPerson takes a line for each question, where none is asked in place
     */
    public Approvers(
            String run,
            RunBacking backing,
            Approvals approvals,
            AtomicReference<? extends RunControl> held,
            Consumer<String> toPerson,
            Optional<InPlace> inPlace) {
        this.run = run;
        this.backing = backing;
        this.approvals = approvals;
        this.held = held;
        this.toPerson = toPerson;
        this.inPlace = inPlace;
    }

    /** A question was opened. */
    public void told(Question question) {
        reachable();
        if (inPlace.isPresent()) {
            // A line would stand amid what the agent draws.
            inPlace.get().opened(question);
            return;
        }
        toPerson.accept("pawl: " + question.about().agent() + " asks to "
                + Plain.text(question.what(), MAX_SHOWN) + "; answer with: pawl approve " + question.id()
                + ", or pawl refuse " + question.id());
    }

    private synchronized void reachable() {
        RunControl control = held.get();
        if (server != null || closed || control == null || !backing.listsApprovers()) {
            return;
        }
        try {
            server = ControlServer.forApprovers(ApproverSockets.prepare(run), control, approvals);
        } catch (IOException e) {
            toPerson.accept("pawl: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        inPlace.ifPresent(InPlace::close);
        closeServer();
    }

    private synchronized void closeServer() throws IOException {
        closed = true;
        if (server != null) {
            server.close();
        }
    }
}
