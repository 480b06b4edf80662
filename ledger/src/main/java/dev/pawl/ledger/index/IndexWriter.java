package dev.pawl.ledger.index;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Puts events into the index, many in one transaction. Not thread-safe. */
final class IndexWriter implements AutoCloseable {
    private static final int TOGETHER = 50_000;

    private final Connection connection;
    private final Words words;
    private final PreparedStatement add;
    private final PreparedStatement position;
    private int open;

    IndexWriter(Connection connection) throws SQLException {
        this.connection = connection;
        this.words = new Words(connection);
        this.add =
                connection.prepareStatement("INSERT OR REPLACE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.position = connection.prepareStatement("UPDATE state SET next = ?");
    }

    /** Takes one entry of the record up; {@code event} is null where it is none that can be read. */
    void add(long index, @Nullable Event event) throws SQLException {
        if (event != null) {
            row(index, event);
            add.executeUpdate();
        }
        open++;
        if (open >= TOGETHER) {
            commit(index + 1);
        }
    }

    /** Everything before {@code next} is in the index. */
    void commit(long next) throws SQLException {
        position.setLong(1, next);
        position.executeUpdate();
        connection.commit();
        open = 0;
    }

    @Override
    public void close() throws SQLException {
        try (words;
                add) {
            position.close();
        }
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private void row(long index, Event event) throws SQLException {
        add.setLong(1, index);
        add.setLong(2, micros(event.time()));
        number(3, words.number(event.run()));
        number(4, words.number(event.agent()));
        number(5, words.number(event.body().kind()));
        number(6, event.process() == null ? null : (long) event.process().pid());
        number(7, event.process() == null ? null : words.number(event.process().exe()));
        number(8, event.body() instanceof Body.Exec exec ? words.number(exec.exe()) : null);
        number(9, words.number(EventFacts.host(event.body())));
        number(
                10,
                event.decision() == null ? null : words.number(event.decision().rule()));
        number(11, words.number(EventFacts.boundary(event)));
        add.setInt(12, EventFacts.denied(event) ? 1 : 0);
    }

    private void number(int column, @Nullable Long value) throws SQLException {
        if (value == null) {
            add.setNull(column, Types.INTEGER);
        } else {
            add.setLong(column, value);
        }
    }
}
