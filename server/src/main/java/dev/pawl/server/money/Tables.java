package dev.pawl.server.money;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/**
 * The statements of the database. What is reserved stands in {@code used} from the beginning, so that nothing has to be
 * done for a process that dies to have spent it; {@code reservation} only says of what part the end is not known yet.
 * Not thread-safe.
 */
final class Tables implements AutoCloseable {
    private static final int VERSION = 1;
    private static final int BUSY_MILLIS = 10_000;

    private static final List<String> NEW = List.of(
            "CREATE TABLE used(kind TEXT NOT NULL, name TEXT NOT NULL, period TEXT NOT NULL,"
                    + " begins INTEGER NOT NULL, calls INTEGER NOT NULL CHECK (calls >= 0),"
                    + " tokens INTEGER NOT NULL CHECK (tokens >= 0), micros INTEGER NOT NULL CHECK (micros >= 0),"
                    + " PRIMARY KEY (kind, name, period, begins)) STRICT, WITHOUT ROWID",
            "CREATE TABLE reservation(id INTEGER PRIMARY KEY AUTOINCREMENT, pid INTEGER NOT NULL,"
                    + " started INTEGER NOT NULL, time INTEGER NOT NULL, run TEXT NOT NULL, agent TEXT NOT NULL,"
                    + " owner TEXT NOT NULL, calls INTEGER NOT NULL, tokens INTEGER NOT NULL, micros INTEGER NOT NULL)"
                    + " STRICT",
            "CREATE TABLE ceiling(kind TEXT NOT NULL, name TEXT NOT NULL, period TEXT NOT NULL,"
                    + " measure TEXT NOT NULL, amount INTEGER NOT NULL,"
                    + " PRIMARY KEY (kind, name, period, measure)) STRICT, WITHOUT ROWID",
            "PRAGMA user_version = " + VERSION);

    private final Connection connection;
    private final Statement plain;
    private final PreparedStatement used;
    private final PreparedStatement add;
    private final PreparedStatement insert;
    private final PreparedStatement reserve;
    private final PreparedStatement grow;
    private final PreparedStatement end;

    private Tables(Connection connection) throws SQLException {
        this.connection = connection;
        this.plain = connection.createStatement();
        this.used = connection.prepareStatement(
                "SELECT calls, tokens, micros FROM used WHERE kind = ? AND name = ? AND period = ? AND begins = ?");
        this.add = connection.prepareStatement("UPDATE used SET calls = calls + ?, tokens = tokens + ?,"
                + " micros = micros + ? WHERE kind = ? AND name = ? AND period = ? AND begins = ?");
        this.insert = connection.prepareStatement("INSERT INTO used(calls, tokens, micros, kind, name, period, begins)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
        this.reserve = connection.prepareStatement("INSERT INTO reservation(pid, started, time, run, agent, owner,"
                + " calls, tokens, micros) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id");
        this.grow = connection.prepareStatement(
                "UPDATE reservation SET tokens = tokens + ?, micros = micros + ? WHERE id = ?");
        this.end = connection.prepareStatement("DELETE FROM reservation WHERE id = ?");
    }

    /**
     * Opens the database in a file that is there, empty or not.
     *
     * @throws SQLException if it is none, is damaged or of another version
     */
    static Tables open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("BEGIN IMMEDIATE");
            int version = number(statement, "PRAGMA user_version");
            if (version == 0 && number(statement, "SELECT count(*) FROM sqlite_master") == 0) {
                for (String table : NEW) {
                    statement.execute(table);
                }
            } else if (version != VERSION) {
                throw new SQLException("it is of version " + version + ", and this Pawl knows " + VERSION);
            }
            statement.execute("COMMIT");
            try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
                if (!check.next() || !check.getString(1).equals("ok")) {
                    throw new SQLException("it is damaged");
                }
            }
            return new Tables(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** Only one process at a time gets past this; a reader needs no more than what was committed. */
    void begin() throws SQLException {
        plain.execute("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        plain.execute("COMMIT");
    }

    void rollback() throws SQLException {
        plain.execute("ROLLBACK");
    }

    /** Spent and reserved together. */
    Amounts used(Account account, Window window) throws SQLException {
        place(used, 1, account, window);
        try (ResultSet row = used.executeQuery()) {
            return row.next() ? new Amounts(row.getLong(1), row.getLong(2), row.getLong(3)) : Amounts.NONE;
        }
    }

    void add(Account account, Window window, Amounts amounts) throws SQLException {
        if (change(add, account, window, amounts) == 0) {
            change(insert, account, window, amounts);
        }
    }

    private static int change(PreparedStatement statement, Account account, Window window, Amounts amounts)
            throws SQLException {
        amounts(statement, 1, amounts);
        place(statement, 4, account, window);
        return statement.executeUpdate();
    }

    private static void amounts(PreparedStatement statement, int at, Amounts amounts) throws SQLException {
        statement.setLong(at, amounts.calls());
        statement.setLong(at + 1, amounts.tokens());
        statement.setLong(at + 2, amounts.micros());
    }

    private static void place(PreparedStatement statement, int at, Account account, Window window) throws SQLException {
        statement.setString(at, account.kind().text());
        statement.setString(at + 1, account.name());
        statement.setString(at + 2, window.period().text());
        statement.setLong(at + 3, window.begin().getEpochSecond());
    }

    /** Notes a reservation; its number. */
    long reserve(int pid, long started, Instant time, Holder holder, Amounts amounts) throws SQLException {
        reserve.setInt(1, pid);
        reserve.setLong(2, started);
        reserve.setLong(3, time.getEpochSecond());
        reserve.setString(4, holder.run());
        reserve.setString(5, holder.agent());
        reserve.setString(6, holder.owner());
        amounts(reserve, 7, amounts);
        try (ResultSet row = reserve.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    void grow(long reservation, Amounts by) throws SQLException {
        grow.setLong(1, by.tokens());
        grow.setLong(2, by.micros());
        grow.setLong(3, reservation);
        grow.executeUpdate();
    }

    void end(long reservation) throws SQLException {
        end.setLong(1, reservation);
        end.executeUpdate();
    }

    /** Keeps the limits of some accounts, in place of those before, for whoever looks. */
    void ceilings(List<Account> accounts, List<Ceiling> ceilings) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM ceiling WHERE kind = ? AND name = ?")) {
            for (Account account : accounts) {
                delete.setString(1, account.kind().text());
                delete.setString(2, account.name());
                delete.executeUpdate();
            }
        }
        try (PreparedStatement add = connection.prepareStatement("INSERT INTO ceiling VALUES (?, ?, ?, ?, ?)")) {
            for (Ceiling ceiling : ceilings) {
                add.setString(1, ceiling.account().kind().text());
                add.setString(2, ceiling.account().name());
                add.setString(3, ceiling.limit().period().text());
                add.setString(4, ceiling.limit().measure().text());
                add.setLong(5, ceiling.limit().amount());
                add.executeUpdate();
            }
        }
    }

    Look look() {
        return new Look(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
