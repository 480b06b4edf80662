package dev.pawl.server;

import dev.pawl.core.Attempt;
import dev.pawl.server.approvals.Approvals;
import dev.pawl.server.approvals.Backing;
import dev.pawl.server.approvals.Question;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Approvals of a run that asks nothing and lets nobody answer. */
final class NoQuestions implements Backing {
    private NoQuestions() {}

    static Approvals ever() {
        return new Approvals(new Question.About("agent", "r-1", "owner", "none"), new NoQuestions(), Clock.systemUTC());
    }

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
