package dev.pawl.server.approvals;

import dev.pawl.core.Act;
import dev.pawl.core.ProcessInfo;
import java.time.Instant;
import java.util.List;

/**
 * What a person is asked.
 *
 * @param id the first 8 digits of the digest, a hyphen and a number: names one question of one run, once
 * @param digest SHA-256 of agent, run and act in one fixed form
 * @param event id of the event that records the first attempt
 * @param rule the grant that asks, {@code why} what it says to her
 * @param near the nearest boundary, as a sentence, or an empty text
 * @param chain the program that tries it, then its parents, texts cut
 * @param line lines of a charter that would grant it without a question, or an empty text
 */
public record Question(
        String id,
        String digest,
        String event,
        Instant asked,
        About about,
        String rule,
        String why,
        String near,
        Act act,
        List<ProcessInfo> chain,
        String line) {
    public Question {
        chain = List.copyOf(chain);
    }

    /** The act in one line; parts of it are texts of the agent. */
    public String what() {
        return Sentences.what(act);
    }

    /** Whose question it is. */
    public record About(String agent, String run, String owner, String purpose) {}

    /**
     * An open question.
     *
     * @param tries how often the act was tried so far
     * @param waiting attempts that are held for it now
     * @param secondsLeft until no answer is a no
     */
    public record Open(Question question, int tries, int waiting, long secondsLeft) {}
}
