package dev.pawl.cli;

import dev.pawl.server.Home;
import dev.pawl.server.Questions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Whoever answers the questions of a launcher's runs, as the user of this process. */
record Asker(Launcher launcher) {
    List<Questions.Listed> open() {
        try {
            return new Questions(Home.open(launcher.home())).open().questions();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the one question of an agent. */
    Questions.Listed question(String agent) {
        Started.until("a question of " + agent, () -> find(agent).isPresent());
        return find(agent).orElseThrow();
    }

    Optional<Questions.Listed> find(String agent) {
        return open().stream()
                .filter(question -> question.agent().equals(agent))
                .findFirst();
    }

    /** Says yes by the command. */
    Ended approve(Questions.Listed question, String scope) throws IOException {
        return launcher.pawl("approve", question.id(), "--scope", scope);
    }

    Ended refuse(Questions.Listed question, String because) throws IOException {
        return launcher.pawl("refuse", question.id(), "--because", because);
    }
}
