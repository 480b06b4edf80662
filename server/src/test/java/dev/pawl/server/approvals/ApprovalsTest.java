package dev.pawl.server.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Act;
import dev.pawl.core.Decision;
import dev.pawl.server.approvals.Rig.Attempting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApprovalsTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whatIsApprovedIsInEffectBeforeTheApproverHearsOfIt() throws Exception {
        Attempting attempt = rig.tries(Rig.exec("deploy", "eu"));
        Question question = rig.question();
        assertThat(attempt.outcome).isNotDone();
        Reply reply = rig.approvals.approve(question.id(), "dana", Scope.ONCE);
        assertThat(attempt.outcome).isDone();
        assertThat(attempt.result().decision().allowed()).isTrue();
        assertThat(attempt.rule()).isEqualTo("approved.once");
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Taken.class,
                        taken -> assertThat(taken.said()).isEqualTo("approved, once: 1 attempt goes on"));
        assertThat(rig.recorded).singleElement().satisfies(control -> {
            assertThat(control.operation()).isEqualTo("approve");
            assertThat(control.actor()).isEqualTo("dana");
            assertThat(control.detail()).contains(question.digest());
        });
    }

    @Test
    void anotherArgumentIsAnotherQuestion() throws Exception {
        rig.tries(Rig.exec("deploy", "eu"));
        Question eu = rig.question();
        Attempting us = rig.tries(Rig.exec("deploy", "us"));
        Question other = rig.question();
        assertThat(other.digest()).isNotEqualTo(eu.digest());
        rig.approvals.approve(eu.id(), "dana", Scope.RUN);
        assertThat(us.outcome).isNotDone();
        assertThat(rig.approvals.open())
                .extracting(open -> open.question().id())
                .containsExactly(other.id());
    }

    @Test
    void anAnswerCountsOnce() throws Exception {
        rig.tries(Rig.exec("deploy"));
        Question first = rig.question();
        rig.approvals.approve(first.id(), "dana", Scope.ONCE);
        Attempting again = rig.tries(Rig.exec("deploy"));
        Question second = rig.question();
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(refusal(rig.approvals.approve(first.id(), "dana", Scope.ONCE)))
                .contains("answered by dana already: yes, once");
        assertThat(again.outcome).isNotDone();
    }

    @Test
    void noAnswerInTimeIsANo() throws Exception {
        Attempting attempt = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        rig.approvals.pass(Rig.PATIENCE.minusSeconds(1));
        assertThat(attempt.outcome).isNotDone();
        rig.approvals.pass(Duration.ofSeconds(1));
        assertThat(attempt.rule()).isEqualTo("ask.expired");
        assertThat(refusal(rig.approvals.approve(question.id(), "dana", Scope.ONCE)))
                .contains("expired");
    }

    @Test
    void otherAgentsAndRunsHaveOtherQuestions() throws Exception {
        rig.tries(Rig.exec("deploy"));
        Question here = rig.question();
        try (Rig otherAgent = new Rig("builder", "r-1");
                Rig otherRun = new Rig("fixer", "r-2")) {
            for (Rig other : List.of(otherAgent, otherRun)) {
                Attempting attempt = other.tries(Rig.exec("deploy"));
                Question there = other.question();
                assertThat(there.digest()).isNotEqualTo(here.digest());
                assertThat(refusal(other.approvals.approve(here.id(), "dana", Scope.ONCE)))
                        .contains("no open question");
                assertThat(attempt.outcome).isNotDone();
            }
        }
    }

    @Test
    void whoIsNotListedMayNotAnswer() throws Exception {
        Attempting attempt = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        assertThat(refusal(rig.approvals.approve(question.id(), "mallory", Scope.RUN)))
                .isEqualTo("mallory may not answer for this agent; dana may");
        assertThat(refusal(rig.approvals.refuse(question.id(), "mallory", ""))).contains("may not answer");
        assertThat(attempt.outcome).isNotDone();
        assertThat(rig.recorded).extracting(control -> control.operation()).containsOnly("answer-refused");
    }

    @Test
    void anApproverRemovedWhileTheQuestionIsOpenMayNotAnswer() throws Exception {
        Attempting attempt = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        rig.approvers.clear();
        rig.approvers.add("kim");
        assertThat(refusal(rig.approvals.approve(question.id(), "dana", Scope.ONCE)))
                .contains("may not answer");
        rig.approvals.approve(question.id(), "kim", Scope.ONCE);
        assertThat(attempt.rule()).isEqualTo("approved.once");
    }

    @Test
    void aYesIsVoidWhenWhoSaidItMayNotAnswerAnyMore() throws Exception {
        rig.tries(Rig.exec("deploy"));
        rig.approvals.approve(rig.question().id(), "dana", Scope.RUN);
        rig.approvers.clear();
        assertThat(rig.tries(Rig.exec("deploy")).rule()).isEqualTo("ask.changed");
    }

    @Test
    void whatChangedIsNotWhatWasApproved() throws Exception {
        Map<String, Act> changes = Map.of(
                "the program's content changed",
                new Act.Exec(
                        "/usr/bin/deploy",
                        "c2",
                        List.of("deploy"),
                        "deploy",
                        "/work",
                        "dev",
                        "e1",
                        List.of(),
                        Map.of()),
                "the environment changed",
                new Act.Exec(
                        "/usr/bin/deploy",
                        "c1",
                        List.of("deploy"),
                        "deploy",
                        "/work",
                        "dev",
                        "e2",
                        List.of(),
                        Map.of()),
                "a file that the arguments name changed",
                new Act.Exec(
                        "/usr/bin/deploy",
                        "c1",
                        List.of("deploy"),
                        "deploy",
                        "/work",
                        "dev",
                        "e1",
                        List.of(),
                        Map.of("x.sh", "1")),
                "the working directory changed",
                new Act.Exec(
                        "/usr/bin/deploy", "c1", List.of("deploy"), "deploy", "/tmp", "dev", "e1", List.of(), Map.of()),
                "another file would run",
                new Act.Exec(
                        "/tmp/deploy", "c1", List.of("deploy"), "deploy", "/work", "dev", "e1", List.of(), Map.of()),
                "the arguments changed",
                Rig.exec("deploy", "x"));
        for (Map.Entry<String, Act> change : changes.entrySet()) {
            try (Rig fresh = new Rig()) {
                Attempting attempt = fresh.tries(Rig.exec("deploy"));
                Question question = fresh.question();
                attempt.act = change.getValue();
                fresh.approvals.approve(question.id(), "dana", Scope.RUN);
                assertThat(attempt.rule()).as(change.getKey()).isEqualTo("ask.changed");
                assertThat(attempt.result().decision().because()).endsWith(change.getKey());
            }
        }
    }

    @Test
    void aNameThatLeadsElsewhereIsNotWhatWasApproved() throws Exception {
        Attempting attempt = rig.tries(Rig.connect("deploy.example", "203.0.113.1", "203.0.113.2"));
        Question question = rig.question();
        attempt.act = Rig.connect("deploy.example", "203.0.113.9");
        rig.approvals.approve(question.id(), "dana", Scope.RUN);
        assertThat(attempt.rule()).isEqualTo("ask.changed");
        assertThat(attempt.result().decision().because()).endsWith("the name leads to other addresses");
        // Nor is a later try that leads there: it is asked about.
        rig.tries(Rig.connect("deploy.example", "203.0.113.9"));
        assertThat(rig.question().digest()).isNotEqualTo(question.digest());
    }

    @Test
    void onlyAddressesThatWereShownAreLeftToGoTo() throws Exception {
        Attempting attempt = rig.tries(Rig.connect("deploy.example", "203.0.113.1", "203.0.113.2"));
        Question question = rig.question();
        attempt.act = Rig.connect("deploy.example", "203.0.113.9", "203.0.113.2");
        rig.approvals.approve(question.id(), "dana", Scope.ONCE);
        assertThat(attempt.result().only()).extracting(Object::toString).containsExactly("/203.0.113.2");
    }

    @Test
    void aPolicyThatDeniesMeanwhileWins() throws Exception {
        Attempting attempt = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        attempt.again = Decision.deny("default", null, "no longer granted");
        rig.approvals.approve(question.id(), "dana", Scope.ONCE);
        assertThat(attempt.rule()).isEqualTo("default");
    }

    @Test
    void ofTwoAnswersAtOnceOneCounts() throws Exception {
        rig.approvers.add("kim");
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 200; round++) {
                Attempting attempt = rig.tries(Rig.exec("deploy", "round" + round));
                rig.approvals.pass(Duration.ofMinutes(1));
                Question question = rig.question();
                CyclicBarrier together = new CyclicBarrier(2);
                Future<Reply> yes = two.submit(() -> {
                    together.await();
                    return rig.approvals.approve(question.id(), "dana", Scope.ONCE);
                });
                Future<Reply> no = two.submit(() -> {
                    together.await();
                    return rig.approvals.refuse(question.id(), "kim", "not now");
                });
                boolean yesCounts = yes.get() instanceof Reply.Taken;
                assertThat(no.get() instanceof Reply.Taken).isNotEqualTo(yesCounts);
                assertThat(attempt.result().decision().allowed()).isEqualTo(yesCounts);
            }
        }
    }

    @Test
    void whoGaveUpMeetsTheAnswerWhenHeTriesAgain() throws Exception {
        Attempting first = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        first.waits = false;
        rig.approvals.approve(question.id(), "dana", Scope.ONCE);
        assertThat(first.rule()).isEqualTo("ask.gone");
        assertThat(rig.tries(Rig.exec("deploy")).rule()).isEqualTo("approved.once");
        rig.tries(Rig.exec("deploy"));
        assertThat(rig.question().id()).isNotEqualTo(question.id());
    }

    @Test
    void aRetryJoinsTheOpenQuestion() throws Exception {
        Attempting first = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        first.waits = false;
        Attempting second = rig.tries(Rig.exec("deploy"));
        rig.awaitTries(2);
        assertThat(rig.told).isEmpty();
        rig.approvals.approve(question.id(), "dana", Scope.ONCE);
        assertThat(second.rule()).isEqualTo("approved.once");
        assertThat(first.rule()).isEqualTo("ask.gone");
    }

    @Test
    void onceLetsOneOfSeveralThroughAndTheOthersAreAskedAbout() throws Exception {
        Attempting first = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        Attempting second = rig.tries(Rig.exec("deploy"));
        rig.awaitTries(2);
        rig.approvals.approve(question.id(), "dana", Scope.ONCE);
        assertThat(List.of(first, second))
                .filteredOn(attempt -> attempt.outcome.isDone())
                .hasSize(1);
        Question again = rig.question();
        assertThat(again.digest()).isEqualTo(question.digest());
        rig.approvals.approve(again.id(), "dana", Scope.ONCE);
        assertThat(first.rule()).isEqualTo("approved.once");
        assertThat(second.rule()).isEqualTo("approved.once");
    }

    @Test
    void aNoIsForTheRestOfTheRun() throws Exception {
        Attempting first = rig.tries(Rig.exec("deploy"));
        rig.approvals.refuse(rig.question().id(), "dana", "not on fridays");
        assertThat(first.rule()).isEqualTo("refused");
        assertThat(first.result().decision().because()).contains("dana said no").contains("not on fridays");
        rig.approvals.pass(Duration.ofDays(2));
        assertThat(rig.tries(Rig.exec("deploy")).rule()).isEqualTo("refused");
        assertThat(rig.told).isEmpty();
    }

    @Test
    void anUnusedYesDoesNotLast() throws Exception {
        Attempting first = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        first.waits = false;
        rig.approvals.approve(question.id(), "dana", Scope.ONCE);
        rig.approvals.pass(Rig.PATIENCE);
        rig.tries(Rig.exec("deploy"));
        assertThat(rig.question().id()).isNotEqualTo(question.id());
    }

    @Test
    void stopEndsWhatIsHeld() throws Exception {
        Attempting attempt = rig.tries(Rig.exec("deploy"));
        rig.question();
        rig.approvals.stop();
        assertThat(attempt.rule()).isEqualTo("ask.stopped");
        assertThat(rig.tries(Rig.exec("deploy")).rule()).isEqualTo("ask.stopped");
    }

    @Test
    void nothingIsApprovedInAFrozenRun() throws Exception {
        Attempting attempt = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        rig.frozen = true;
        assertThat(refusal(rig.approvals.approve(question.id(), "dana", Scope.ONCE)))
                .contains("frozen");
        assertThat(attempt.outcome).isNotDone();
        rig.frozen = false;
        rig.approvals.approve(question.id(), "dana", Scope.ONCE);
        assertThat(attempt.rule()).isEqualTo("approved.once");
    }

    @Test
    void anAnswerThatCannotBeRecordedDoesNotCount() throws Exception {
        Attempting attempt = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        rig.full = true;
        assertThat(refusal(rig.approvals.approve(question.id(), "dana", Scope.ONCE)))
                .contains("could not be recorded");
        assertThat(attempt.outcome).isNotDone();
        rig.full = false;
        rig.approvals.refuse(question.id(), "dana", "");
        assertThat(attempt.rule()).isEqualTo("refused");
    }

    @Test
    void whatCannotBeToldExactlyIsDenied() throws Exception {
        Attempting unreadable = new Attempting(Rig.exec("deploy"));
        unreadable.unreadable = new IOException("gone");
        assertThat(rig.tries(unreadable).rule()).isEqualTo("ask.failed");
        Attempting later = rig.tries(Rig.exec("deploy"));
        Question question = rig.question();
        later.unreadable = new IOException("gone");
        rig.approvals.approve(question.id(), "dana", Scope.ONCE);
        assertThat(later.rule()).isEqualTo("ask.changed");
        assertThat(rig.tries(Rig.exec("deploy", "x".repeat(Describer.MAX_SHOWN)))
                        .rule())
                .isEqualTo("ask.failed");
    }

    @Test
    void aThrowingPolicyIsANo() throws Exception {
        Attempting attempt = new Attempting(Rig.exec("deploy"));
        rig.tries(attempt);
        Question question = rig.question();
        attempt.again = null;
        rig.approvals.approve(question.id(), "dana", Scope.ONCE);
        assertThat(attempt.rule()).isEqualTo("ask.failed");
    }

    private static String refusal(Reply reply) {
        return reply instanceof Reply.Refused(String reason) ? reason : "counted: " + reply;
    }
}
