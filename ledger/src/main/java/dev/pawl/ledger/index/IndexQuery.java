package dev.pawl.ledger.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A filter as one question to the index. Used once; not thread-safe. */
final class IndexQuery {
    private final Words words;
    private final List<String> conditions = new ArrayList<>();
    private final List<Long> values = new ArrayList<>();

    private IndexQuery(Words words) {
        this.words = words;
    }

    /**
     * The entries a filter wants, in the order of the record.
     *
     * @param last at most so many, the last ones
     */
    static List<Long> find(Connection connection, EventFilter filter, long last) throws SQLException {
        try (Words words = new Words(connection)) {
            IndexQuery query = new IndexQuery(words);
            query.conditions(filter);
            return query.run(connection, last);
        }
    }

    private void conditions(EventFilter filter) throws SQLException {
        if (!filter.runs().isEmpty()) {
            List<Long> runs = new ArrayList<>();
            for (String run : filter.runs()) {
                words.known(run).ifPresent(runs::add);
            }
            anyOf("run", runs);
        }
        word("agent", filter.agent());
        word("kind", filter.kind());
        word("rule", filter.rule());
        word("boundary", filter.boundary());
        process(filter);
        if (filter.host() != null && filter.host().startsWith("*.")) {
            anyOf("host", words.ending(filter.host().substring(1), filter::isHost));
        } else {
            word("host", filter.host());
        }
        if (filter.since() != null) {
            condition("time >= ?", IndexWriter.micros(filter.since()));
        }
        if (filter.until() != null) {
            condition("time < ?", IndexWriter.micros(filter.until()));
        }
        if (filter.denied()) {
            conditions.add("denied = 1");
        }
    }

    private void process(EventFilter filter) throws SQLException {
        if (filter.process() == null) {
            return;
        }
        if (filter.pid().isPresent()) {
            condition("pid = ?", filter.pid().get());
            return;
        }
        List<Long> programs = words.ending(filter.process(), filter::isProgram);
        String list = list(programs);
        conditions.add("(exe IN " + list + " OR started IN " + list + ")");
    }

    private void word(String column, @Nullable String text) throws SQLException {
        if (text != null) {
            OptionalLong number = words.known(text);
            condition(column + " = ?", number.orElse(-1));
        }
    }

    private void anyOf(String column, List<Long> numbers) {
        conditions.add(column + " IN " + list(numbers));
    }

    private void condition(String text, long value) {
        conditions.add(text);
        values.add(value);
    }

    /** Numbers of ours, never a text of somebody else. */
    private static String list(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
    }

    private List<Long> run(Connection connection, long last) throws SQLException {
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        String order = last == Long.MAX_VALUE ? " ORDER BY entry" : " ORDER BY entry DESC LIMIT " + last;
        List<Long> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT entry FROM event" + where + order)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setLong(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
        }
        if (last != Long.MAX_VALUE) {
            Collections.reverse(found);
        }
        return found;
    }
}
