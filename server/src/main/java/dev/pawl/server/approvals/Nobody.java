package dev.pawl.server.approvals;

import dev.pawl.core.Attempt;
import java.time.Duration;
import java.util.Optional;

/** Behind a run that asks nothing: nobody may answer. */
public final class Nobody implements Backing {
    @Override
    public Duration patience() {
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean mayAnswer(String user) {
        return false;
    }

    @Override
    public String approvers() {
        return "nobody";
    }

    @Override
    public String near(Attempt attempt) {
        return "";
    }

    @Override
    public Optional<String> line(Attempt attempt) {
        return Optional.empty();
    }

    @Override
    public boolean frozen() {
        return false;
    }

    @Override
    public boolean ending() {
        return false;
    }
}
