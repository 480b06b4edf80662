package dev.pawl.policy.engine;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Policy;
import dev.pawl.core.Terms;
import dev.pawl.policy.BundleSource;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides by policy files as they are now. Every decision first looks whether one of them changed; if so they are read
 * again, and the attempt that noticed is the first to be decided by what they say. Thread-safe.
 *
 * <p>What cannot be read or compiled changes nothing: the policy in force stays, whole, and the owner is told once for
 * each broken state. A file may be seen while an editor writes it, and half a file can be valid; so a change counts only
 * once nothing has changed for {@value #SETTLED_MILLIS} ms. While that lasts, the attempts that saw the change wait, at
 * most {@value #PATIENCE_MILLIS} ms; then they are decided by the policy in force.
 */
public final class LivePolicy implements Policy {
    static final int SETTLED_MILLIS = 20;
    static final int PATIENCE_MILLIS = 500;

    /** Where policy comes from, and which files have to be looked at to know that it changed. */
    interface Source {
        /**
         * Reads everything anew.
         *
         * @throws CharterException with every problem found
         */
        PolicyBundle load() throws CharterException;

        /** Files and directories it reads, also those that would count if they were there. */
        List<Path> files();
    }

    /** Told of what happened to the policy of a run; by the thread of the attempt that noticed, so it must not wait. */
    public interface Listener {
        /** The policy changed; from now on {@code after} decides. */
        void changed(PolicyBundle before, PolicyBundle after);

        /** A change was refused; the policy in force goes on deciding. */
        void refused(String problems);
    }

    /** Waits for some milliseconds. */
    @FunctionalInterface
    public interface Pause {
        void millis(long milliseconds) throws InterruptedException;
    }

    private record InForce(PolicyEngine engine, PolicyBundle bundle, List<Path> files, FileStamps seen) {}

    private static final Listener NOBODY = new Listener() {
        @Override
        public void changed(PolicyBundle before, PolicyBundle after) {}

        @Override
        public void refused(String problems) {}
    };

    private final Source source;
    private final Pause pause;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Listener listener = NOBODY;
    private volatile InForce inForce;
    private String lastRefusal = "";

    /**
     * Reads the policy that decides at first.
     *
     * @throws CharterException if it cannot be read or does not compile
     */
    public LivePolicy(BundleSource source, Pause pause) throws CharterException {
        this(
                new Source() {
                    @Override
                    public PolicyBundle load() throws CharterException {
                        return source.load();
                    }

                    @Override
                    public List<Path> files() {
                        return source.files();
                    }
                },
                pause);
    }

    LivePolicy(Source source, Pause pause) throws CharterException {
        this.source = source;
        this.pause = pause;
        List<Path> files = source.files();
        FileStamps seen = FileStamps.of(files);
        // What is written from here on differs from the stamps, so the first attempt after it reads again.
        PolicyBundle bundle = source.load();
        this.inForce = new InForce(PolicyEngine.of(bundle), bundle, files, seen);
    }

    /** From now on tells {@code told} what happens. */
    public void listen(Listener told) {
        listener = told;
    }

    @Override
    public Decision decide(Attempt attempt) {
        return current().engine.decide(attempt);
    }

    @Override
    public Policy now() {
        return current().engine;
    }

    /** What may flow under the rule with this id, asking or not; empty for rules that let nothing out. */
    public Optional<Terms> termsOf(String rule) {
        return inForce.engine.termsOf(rule);
    }

    /**
     * The charter, organisation and policies in force. Looks for changes first, as a decision does: who was taken off the
     * list of approvers must not answer because nothing was attempted since.
     */
    public PolicyBundle bundle() {
        return current().bundle;
    }

    private InForce current() {
        InForce now = inForce;
        if (!now.seen.hold(now.files)) {
            reading.lock();
            try {
                readAgain();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                reading.unlock();
            }
        }
        return inForce;
    }

    /** Reads until what was read is what the files say, or patience ends. */
    private void readAgain() throws InterruptedException {
        InForce before = inForce;
        List<Path> files = source.files();
        FileStamps stamps = FileStamps.of(files);
        for (int waited = 0; waited < PATIENCE_MILLIS; waited += SETTLED_MILLIS) {
            if (stamps.equals(before.seen) && files.equals(before.files)) {
                return;
            }
            pause.millis(SETTLED_MILLIS);
            List<Path> filesAfter = source.files();
            FileStamps after = FileStamps.of(filesAfter);
            if (after.equals(stamps) && filesAfter.equals(files) && took(before, files, stamps)) {
                return;
            }
            files = filesAfter;
            stamps = after;
        }
    }

    /** Reads and swaps; false if the files changed meanwhile. */
    private boolean took(InForce before, List<Path> files, FileStamps stamps) {
        InForce next;
        String refusal = "";
        try {
            PolicyBundle bundle = source.load();
            refusal = otherAgent(before.bundle, bundle);
            next = !refusal.isEmpty() || bundle.equals(before.bundle)
                    ? new InForce(before.engine, before.bundle, files, stamps)
                    : new InForce(PolicyEngine.of(bundle), bundle, files, stamps);
        } catch (CharterException e) {
            refusal = String.valueOf(e.getMessage());
            next = new InForce(before.engine, before.bundle, files, stamps);
        } catch (RuntimeException | StackOverflowError e) {
            refusal = "the policy could not be read: " + e;
            next = new InForce(before.engine, before.bundle, files, stamps);
        }
        if (!stamps.hold(files)) {
            return false;
        }
        inForce = next;
        tell(before, next, refusal);
        return true;
    }

    private static String otherAgent(PolicyBundle before, PolicyBundle after) {
        String agent = before.charter().agent();
        return agent.equals(after.charter().agent())
                ? ""
                : after.charter().source() + ": agent is now " + after.charter().agent() + "; a run of " + agent
                        + " stays one, stop it to start another";
    }

    private void tell(InForce before, InForce next, String refusal) {
        if (!refusal.isEmpty() && !refusal.equals(lastRefusal)) {
            listener.refused(refusal);
        } else if (!next.bundle.equals(before.bundle)) {
            listener.changed(before.bundle, next.bundle);
        }
        lastRefusal = refusal;
    }
}
