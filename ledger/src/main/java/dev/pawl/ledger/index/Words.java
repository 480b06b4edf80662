package dev.pawl.ledger.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Texts that occur again and again, each with a number. Not thread-safe. */
final class Words implements AutoCloseable {
    private static final int REMEMBERED = 200_000;

    private final Connection connection;
    private final PreparedStatement find;
    private final PreparedStatement add;
    private final Map<String, Long> remembered = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    Words(Connection connection) throws SQLException {
        this.connection = connection;
        this.find = connection.prepareStatement("SELECT id FROM word WHERE text = ?");
        this.add = connection.prepareStatement("INSERT INTO word(text) VALUES (?) RETURNING id");
    }

    /** The number of a text, which gets one if it has none. */
    @Nullable
    Long number(@Nullable String text) throws SQLException {
        if (text == null) {
            return null;
        }
        Long known = remembered.get(text);
        if (known == null) {
            OptionalLong found = known(text);
            known = found.isPresent() ? found.getAsLong() : query(add, text).orElseThrow();
            remembered.put(text, known);
        }
        return known;
    }

    /** The number of a text if it has one. */
    OptionalLong known(String text) throws SQLException {
        return query(find, text);
    }

    /** The numbers of all texts that end so and are wanted. */
    List<Long> ending(String end, Predicate<String> wanted) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement all =
                connection.prepareStatement("SELECT id, text FROM word WHERE substr(text, -length(?1)) = ?1")) {
            all.setString(1, end);
            try (ResultSet rows = all.executeQuery()) {
                while (rows.next()) {
                    if (wanted.test(rows.getString(2))) {
                        numbers.add(rows.getLong(1));
                    }
                }
            }
        }
        return numbers;
    }

    /** After a transaction that was taken back. */
    void forget() {
        remembered.clear();
    }

    @Override
    public void close() throws SQLException {
        try (find) {
            add.close();
        }
    }

    private static OptionalLong query(PreparedStatement statement, String text) throws SQLException {
        statement.setString(1, text);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }
}
