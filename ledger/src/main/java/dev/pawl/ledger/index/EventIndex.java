package dev.pawl.ledger.index;

import dev.pawl.core.Event;
import dev.pawl.ledger.EventJson;
import dev.pawl.ledger.IndexFiles;
import dev.pawl.ledger.Ledger;
import dev.pawl.ledger.LedgerReader;
import dev.pawl.verify.LogFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Where in the record of a home which events stand. It holds nothing that the record does not: it is brought up to date
 * before it is asked, and made anew where it does not fit the record. Not thread-safe; several processes may use one.
 */
public final class EventIndex implements Closeable {
    private static final int VERSION = 1;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE state(next INTEGER NOT NULL)",
            "INSERT INTO state VALUES (0)",
            "CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
            "CREATE TABLE event(entry INTEGER PRIMARY KEY, time INTEGER NOT NULL, run INTEGER, agent INTEGER,"
                    + " kind INTEGER, pid INTEGER, exe INTEGER, started INTEGER, host INTEGER, rule INTEGER,"
                    + " boundary INTEGER, denied INTEGER NOT NULL)",
            "CREATE INDEX event_run ON event(run, kind)",
            "CREATE INDEX event_agent ON event(agent, kind)",
            "CREATE INDEX event_kind ON event(kind)",
            "CREATE INDEX event_time ON event(time)",
            "CREATE INDEX event_pid ON event(pid) WHERE pid IS NOT NULL",
            "CREATE INDEX event_exe ON event(exe) WHERE exe IS NOT NULL",
            "CREATE INDEX event_started ON event(started) WHERE started IS NOT NULL",
            "CREATE INDEX event_host ON event(host) WHERE host IS NOT NULL",
            "CREATE INDEX event_rule ON event(rule) WHERE rule IS NOT NULL",
            "CREATE INDEX event_boundary ON event(boundary) WHERE boundary IS NOT NULL",
            "CREATE INDEX event_denied ON event(denied) WHERE denied = 1",
            "PRAGMA user_version = " + VERSION);

    private final Path home;
    private Connection connection;

    private EventIndex(Path home, Connection connection) {
        this.home = home;
        this.connection = connection;
    }

    /**
     * Opens the index of a home and takes up what was recorded since.
     *
     * @throws IOException if it cannot be made, or the record cannot be read
     */
    public static EventIndex open(Path home) throws IOException {
        Path directory = IndexFiles.directory(home);
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (FileChannel lock = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = lock.lock()) {
            EventIndex index = new EventIndex(home, connect(home));
            try {
                index.takeUp();
                return index;
            } catch (SQLException | IOException e) {
                index.close();
                throw new IOException("the index cannot be made: " + e.getMessage(), e);
            }
        } catch (SQLException e) {
            throw new IOException("the index cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * The entries of the record that a filter wants, in their order.
     *
     * @param last at most so many, the last ones
     * @throws IOException if the index cannot be read
     */
    public List<Long> find(EventFilter filter, long last) throws IOException {
        try {
            return IndexQuery.find(connection, filter, last);
        } catch (SQLException e) {
            throw new IOException("the index cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The first entry that is not in the index.
     *
     * @throws IOException if the index cannot be read
     */
    public long end() throws IOException {
        try {
            return next();
        } catch (SQLException e) {
            throw new IOException("the index cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static Connection connect(Path home) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + IndexFiles.database(home));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA busy_timeout = 60000");
            statement.execute("PRAGMA cache_size = -131072");
        }
        return connection;
    }

    /** Only what is signed: the rest may be lost with the machine, and then something else stands there. */
    private void takeUp() throws SQLException, IOException {
        long signed = LogFiles.signedSize(LogFiles.in(Ledger.directory(home)));
        long next = next();
        if (next > signed) {
            next = 0;
        }
        if (next == 0) {
            connection.close();
            IndexFiles.delete(home);
            connection = connect(home);
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
        }
        LedgerReader reader = new LedgerReader(home, next);
        connection.setAutoCommit(false);
        try (IndexWriter writer = new IndexWriter(connection)) {
            for (long entry = Math.max(next, reader.kept()); entry < signed; entry++) {
                writer.add(entry, reader.at(entry) instanceof EventJson.Decoded(Event event) ? event : null);
            }
            writer.commit(signed);
        }
        connection.setAutoCommit(true);
        if (signed - next > 10_000) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA analysis_limit = 1000");
                statement.execute("ANALYZE");
            }
        }
    }

    /** How far the index has come; 0 for one that is new or of another version. */
    private long next() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
                if (!version.next() || version.getInt(1) != VERSION) {
                    return 0;
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT next FROM state")) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
