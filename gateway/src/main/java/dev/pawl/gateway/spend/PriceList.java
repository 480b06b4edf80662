package dev.pawl.gateway.spend;

import dev.pawl.core.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What calls cost, from {@code prices.tsv}, which says of when it is. Immutable. */
final class PriceList {
    private static final int COLUMNS = 6;
    private static final int MOST_UNITS = 1_000_000;
    private static final long MOST_MICROS = 1_000_000_000_000_000L;

    /** Currencies whose amounts are whole, and those with three digits, as payment services count them. */
    private static final Set<String> WHOLE = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
            "XPF");

    private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private final List<Item> items = new ArrayList<>();

    private record Item(
            String table, List<String> hosts, String name, BigDecimal amount, String currency, Price.Per per) {}

    private PriceList() {}

    /** The list of this version. */
    static PriceList known() {
        PriceList list = new PriceList();
        for (String[] row : Catalogue.rows("prices.tsv", COLUMNS)) {
            list.items.add(new Item(
                    row[0],
                    List.of(row[1].split(",", -1)),
                    row[2],
                    new BigDecimal(row[3]),
                    row[4],
                    Group.word(Price.Per.class, row[5])));
        }
        return list;
    }

    /**
     * What one call costs; empty where nobody can tell.
     *
     * @param how of an entry: {@code list:TABLE:NAME:COUNT:NOT}, where NAME and COUNT are parameters, COUNT perhaps with
     *     {@code =DEFAULT}, and NOT, if there is one, a parameter with which the price is another; or {@code minor:AMOUNT:CURRENCY} for an amount that the call itself gives; or a dash
     */
    Optional<Price> of(String how, String host, Fields fields) {
        String[] words = how.split(":", -1);
        return switch (words[0]) {
            case "list" -> listed(words, host, fields);
            case "minor" -> given(fields.one(words[1]), fields.one(words[2]));
            default -> Optional.empty();
        };
    }

    private Optional<Price> listed(String[] words, String host, Fields fields) {
        Optional<String> name = value(words[2], fields);
        Optional<BigDecimal> count = value(words[3], fields).flatMap(PriceList::number);
        boolean dearer = words.length > 4 && !fields.of(words[4]).isEmpty();
        if (name.isEmpty() || count.isEmpty() || dearer) {
            return Optional.empty();
        }
        return items.stream()
                .filter(item -> item.table.equals(words[1])
                        && item.hosts.stream().anyMatch(pattern -> Glob.fits(pattern, host))
                        && item.name.equals(name.get().toLowerCase(Locale.ROOT)))
                .findFirst()
                .flatMap(item -> price(item.amount.multiply(count.get()), item.currency, item.per));
    }

    private static Optional<String> value(String word, Fields fields) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        return equals >= 0 && fields.of(name).isEmpty() ? Optional.of(word.substring(equals + 1)) : fields.one(name);
    }

    private static Optional<BigDecimal> number(String text) {
        return text.matches("[0-9]{1,7}") && Integer.parseInt(text) <= MOST_UNITS
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    private static Optional<Price> given(Optional<String> amount, Optional<String> currency) {
        if (amount.isEmpty() || currency.isEmpty() || !amount.get().matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        String code = currency.get().toUpperCase(Locale.ROOT);
        int digits = WHOLE.contains(code) ? 0 : THOUSANDTHS.contains(code) ? 3 : 2;
        return price(new BigDecimal(amount.get()).movePointLeft(digits), code, Price.Per.ONCE);
    }

    private static Optional<Price> price(BigDecimal amount, String currency, Price.Per per) {
        BigDecimal micros = amount.movePointRight(6).setScale(0, RoundingMode.CEILING);
        return currency.matches("[A-Z]{3}") && micros.compareTo(BigDecimal.valueOf(MOST_MICROS)) <= 0
                ? Optional.of(new Price(micros.longValueExact(), currency, per))
                : Optional.empty();
    }
}
