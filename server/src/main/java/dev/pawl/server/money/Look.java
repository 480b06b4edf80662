package dev.pawl.server.money;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Measure;
import dev.pawl.core.ModelLimit.Period;
import dev.pawl.server.RunFacts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the accounts as they are now, within one transaction. */
final class Look {
    private final Connection connection;

    private record Place(Account account, Period period) {
        private static final Comparator<Place> ORDER = Comparator.<Place, Account.Kind>comparing(
                        place -> place.account.kind())
                .thenComparing(place -> place.account.name())
                .thenComparing(Place::period);

        /** Its kind, name and period stand first in a row. */
        private static Place of(ResultSet row) throws SQLException {
            return new Place(
                    new Account(word(Account.Kind.class, row.getString(1)), row.getString(2)),
                    word(Period.class, row.getString(3)));
        }
    }

    private record Reserved(long id, RunFacts.Held process, Instant time, Holder holder, Amounts amounts) {}

    Look(Connection connection) {
        this.connection = connection;
    }

    /** The current hour, day and month of each account, and all runs, in the order of accounts and periods. */
    List<AccountUse> uses(Instant now) throws SQLException {
        List<Reserved> open =
                reserved().stream().filter(one -> !one.process().gone()).toList();
        Map<Place, List<ModelLimit>> limits = limits();
        Map<Place, Amounts> used = used(now);
        limits.keySet().forEach(place -> used.putIfAbsent(place, Amounts.NONE));
        List<AccountUse> uses = new ArrayList<>();
        used.forEach((place, amounts) -> {
            Window window = Window.of(place.period(), now);
            Amounts reserved = open.stream()
                    .filter(one ->
                            window.holds(one.time()) && one.holder().accounts().contains(place.account()))
                    .map(Reserved::amounts)
                    .reduce(Amounts.NONE, Amounts::plus);
            uses.add(new AccountUse(
                    place.account(),
                    place.period(),
                    amounts,
                    reserved,
                    limits.getOrDefault(place, List.of()),
                    place.period() == Period.RUN ? Optional.empty() : Optional.of(window.end())));
        });
        return uses;
    }

    /** Numbers of reservations whose process is gone. */
    List<Long> abandoned() throws SQLException {
        return reserved().stream()
                .filter(one -> one.process().gone())
                .map(Reserved::id)
                .toList();
    }

    private Map<Place, Amounts> used(Instant now) throws SQLException {
        String current = Arrays.stream(Period.values())
                .map(period -> Window.of(period, now))
                .map(window ->
                        "('" + window.period().text() + "'," + window.begin().getEpochSecond() + ")")
                .collect(Collectors.joining(","));
        Map<Place, Amounts> used = new TreeMap<>(Place.ORDER);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT kind, name, period, calls, tokens, micros FROM used"
                        + " WHERE (period, begins) IN (VALUES " + current + ")")) {
            while (rows.next()) {
                used.put(Place.of(rows), amounts(rows, 4));
            }
        }
        return used;
    }

    private Map<Place, List<ModelLimit>> limits() throws SQLException {
        Map<Place, List<ModelLimit>> limits = new TreeMap<>(Place.ORDER);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT kind, name, period, measure, amount FROM ceiling ORDER BY measure")) {
            while (rows.next()) {
                Place place = Place.of(rows);
                limits.computeIfAbsent(place, _ -> new ArrayList<>())
                        .add(new ModelLimit(word(Measure.class, rows.getString(4)), rows.getLong(5), place.period()));
            }
        }
        return limits;
    }

    private List<Reserved> reserved() throws SQLException {
        List<Reserved> reserved = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id, pid, started, time, run, agent, owner, calls, tokens, micros FROM reservation")) {
            while (rows.next()) {
                reserved.add(new Reserved(
                        rows.getLong(1),
                        new RunFacts.Held(rows.getInt(2), rows.getLong(3)),
                        Instant.ofEpochSecond(rows.getLong(4)),
                        new Holder(rows.getString(5), rows.getString(6), rows.getString(7)),
                        amounts(rows, 8)));
            }
        }
        return reserved;
    }

    private static <T extends Enum<T>> T word(Class<T> type, String stored) {
        return Enum.valueOf(type, stored.toUpperCase(Locale.ROOT));
    }

    private static Amounts amounts(ResultSet row, int at) throws SQLException {
        return new Amounts(row.getLong(at), row.getLong(at + 1), row.getLong(at + 2));
    }
}
