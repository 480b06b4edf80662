package dev.pawl.server.money;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Measure;
import dev.pawl.core.ModelLimit.Period;
import dev.pawl.core.Purse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A process of its own whose streams spend until nothing is left; prints what it spent. */
final class Spender {
    static final long LIMIT = 2_000_000;

    /** The most that one stream sets aside at first. */
    static final int MOST = 4000;

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    private Spender() {}

    /** Arguments: home, number, streams, and {@code hold} to set aside once and wait to be killed. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        int number = Integer.parseInt(arguments[1]);
        int streams = Integer.parseInt(arguments[2]);
        if (arguments.length > 3) {
            Accounts accounts = new Accounts(home, CLOCK);
            Purse.Reservation held = purse(accounts, number).reserve(new Purse.Need(1, MOST, Optional.of(0L)));
            System.out.println(held instanceof Purse.Granted ? "held" : "exhausted");
            System.in.read();
            return;
        }
        System.out.println(spend(home, number, streams));
    }

    static Purse purse(Accounts accounts, int number) {
        Holder holder = new Holder("r-" + number, "fixer", "Ada");
        List<Ceiling> limits = List.of(new Ceiling(
                new Account(Account.Kind.AGENT, "fixer"), new ModelLimit(Measure.TOKENS, LIMIT, Period.DAY), "test"));
        return accounts.purse(holder, () -> limits);
    }

    /** What the streams of one process spent together. */
    static long spend(Path home, int number, int streams) throws IOException, InterruptedException {
        AtomicLong spent = new AtomicLong();
        try (Accounts accounts = new Accounts(home, CLOCK)) {
            Purse purse = purse(accounts, number);
            List<Thread> all = new ArrayList<>();
            for (int stream = 0; stream < streams; stream++) {
                Random random = new Random(number * 1000L + stream);
                all.add(Thread.ofVirtual().start(() -> stream(purse, random, spent)));
            }
            for (Thread one : all) {
                one.join();
            }
        }
        return spent.get();
    }

    private static void stream(Purse purse, Random random, AtomicLong spent) {
        while (true) {
            int need = 1 + random.nextInt(MOST);
            if (!(purse.reserve(new Purse.Need(1, need, Optional.of(0L))) instanceof Purse.Granted granted)) {
                return;
            }
            if (random.nextInt(10) == 0) {
                granted.release();
                continue;
            }
            long used = random.nextInt(need + 1);
            if (random.nextInt(3) == 0) {
                used = need;
                while (random.nextInt(5) > 0 && granted.more(200, 0)) {
                    used += 200;
                }
            }
            granted.settle(new Purse.Spent(1, used, Optional.of(0L)));
            spent.addAndGet(used);
        }
    }
}
