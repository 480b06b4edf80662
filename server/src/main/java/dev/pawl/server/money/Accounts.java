package dev.pawl.server.money;

import dev.pawl.core.Charter;
import dev.pawl.core.ModelLimit.Period;
import dev.pawl.core.Purse;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.server.RunFacts;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a home use of models, counted once for all processes that hold runs there. Thread-safe; waits for the
 * disk and for other processes.
 *
 * <p>A need is checked against every limit and set aside in one transaction, so two processes cannot both find the same
 * room. What is set aside counts as used at once: a process that dies, however, has spent it in full, and nothing has to
 * be cleared up. What was settled is on the disk when {@link Purse.Granted#settle} returns; what is only set aside is in
 * the kernel, and survives any process, and is on the disk with what is settled next.
 *
 * <p>The database is opened by the first call of a model, or by {@link #prepare}: a run that cannot call one does not pay for it.
 */
public final class Accounts implements Closeable {
    private final AccountFiles files;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock(true);
    private @Nullable Open open;
    private boolean closed;

    private record Open(Tables tables, FileChannel log, RunFacts.Held self) {}

    /** Something done in one transaction. */
    private interface Work<T> {
        T in(Tables tables) throws SQLException;
    }

    /** @param home the root of a home, private to its user */
    public Accounts(Path home, Clock clock) {
        this.files = new AccountFiles(home);
        this.clock = clock;
    }

    /**
     * The purse of one run, within the limits of the policy in force.
     *
     * @param policy asked at each reservation; whom the use counts for is fixed at the start
     */
    public Purse purse(String run, Supplier<PolicyBundle> policy) {
        Charter charter = policy.get().charter();
        Holder holder = new Holder(run, charter.agent(), charter.owner().name());
        return purse(holder, () -> Ceiling.of(policy.get(), holder));
    }

    /**
     * The purse of one run.
     *
     * @param limits those in force, asked at each reservation
     */
    Purse purse(Holder holder, Supplier<List<Ceiling>> limits) {
        return new RunPurse(this, holder, limits);
    }

    /**
     * Opens the database in the background, which takes longer than all else, so that the first call does not wait for it.
     * Where it cannot be opened, that call says why.
     */
    public void prepare() {
        Thread.ofPlatform().daemon().name("pawl-accounts").start(() -> {
            lock.lock();
            try {
                if (!closed) {
                    opened();
                }
            } catch (SQLException | IOException e) {
                return;
            } finally {
                lock.unlock();
            }
        });
    }

    /**
     * What was used in the hour, day and month that it is now, and by runs; nothing where no model was ever called.
     *
     * @throws IOException if it cannot be read
     */
    public List<AccountUse> uses() throws IOException {
        if (!Files.exists(files.database())) {
            return List.of();
        }
        try {
            return transact(tables -> tables.look().uses(clock.instant()));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The first limit, of those that last longest, which does not let this pass; else it is set aside. */
    Outcome reserve(Holder holder, List<Ceiling> limits, boolean news, Amounts need) {
        return transact(tables -> {
            Instant now = clock.instant();
            if (news) {
                tables.ceilings(holder.accounts(), limits);
            }
            Shortage shortage = Shortage.first(tables, limits, need, now, true);
            if (shortage != null) {
                return shortage;
            }
            count(tables, holder, need, now);
            RunFacts.Held self = self();
            return new Slip(tables.reserve(self.pid(), self.start(), now, holder, need), now);
        });
    }

    /** Sets more aside for the same request, in the hour, day and month in which it began. */
    boolean grow(Holder holder, List<Ceiling> limits, Slip slip, Amounts by) {
        return transact(tables -> {
            if (Shortage.first(tables, limits, by, slip.time(), false) != null) {
                return false;
            }
            count(tables, holder, by, slip.time());
            tables.grow(slip.id(), by);
            return true;
        });
    }

    /** Ends a reservation; {@code correction} is what was used beyond what was set aside, negative if it was less. */
    void end(Holder holder, Slip slip, Amounts correction) {
        transact(tables -> {
            count(tables, holder, correction, slip.time());
            tables.end(slip.id());
            return slip;
        });
        force();
    }

    private static void count(Tables tables, Holder holder, Amounts amounts, Instant time) throws SQLException {
        for (Account account : holder.accounts()) {
            for (Period period : account.periods()) {
                tables.add(account, Window.of(period, time), amounts);
            }
        }
    }

    private <T> T transact(Work<T> work) {
        lock.lock();
        try {
            Tables tables = opened().tables();
            tables.begin();
            boolean done = false;
            try {
                T result = work.in(tables);
                tables.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollback(tables);
                }
            }
        } catch (SQLException | IOException e) {
            throw new UncheckedIOException(new IOException(
                    "the accounts of models (" + files.database() + ") cannot be used: " + e.getMessage(), e));
        } finally {
            lock.unlock();
        }
    }

    /** What cannot be rolled back is not used again: the next call opens the database anew. */
    private void rollback(Tables tables) throws SQLException, IOException {
        try {
            tables.rollback();
        } catch (SQLException e) {
            close();
        }
    }

    private Open opened() throws SQLException, IOException {
        Open now = open;
        if (now == null) {
            files.make();
            Tables tables = Tables.open(files.database());
            tidy(tables);
            RunFacts.Held self = RunFacts.Held.of((int) ProcessHandle.current().pid())
                    .orElseThrow(() -> new IOException("/proc does not show this process"));
            now = new Open(tables, FileChannel.open(files.log(), StandardOpenOption.WRITE), self);
            open = now;
        }
        return now;
    }

    /** What those who died had set aside is spent; nobody has to look at it again. */
    private static void tidy(Tables tables) throws SQLException {
        tables.begin();
        for (long reservation : tables.look().abandoned()) {
            tables.end(reservation);
        }
        tables.commit();
    }

    private RunFacts.Held self() {
        Open now = open;
        if (now == null) {
            throw new IllegalStateException("in a transaction the database is open");
        }
        return now.self();
    }

    /** Outside the transaction, so that nobody else waits for the disk. The log is never replaced while it is open here. */
    private void force() {
        Open now;
        lock.lock();
        try {
            now = open;
        } finally {
            lock.unlock();
        }
        if (now != null) {
            try {
                now.log().force(false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What is settled after this opens the database once more: nothing that was spent is lost for being late. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            Open now = open;
            open = null;
            if (now != null) {
                now.log().close();
                now.tables().close();
            }
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            lock.unlock();
        }
    }
}
