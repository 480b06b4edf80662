package dev.pawl.policy;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Measure;
import dev.pawl.core.ModelLimit.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of calls, tokens and money by the period, as charters write them: {@code 2M/day}, {@code 5 USD/run}. */
public final class ModelAmounts {
    private static final Pattern COUNT = Pattern.compile("([0-9]{1,15})([kMG]?)/([a-z]+)");
    private static final Pattern MONEY = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?) USD/([a-z]+)");
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
    private static final long THOUSAND = 1000;

    private ModelAmounts() {}

    static Optional<ModelLimit> read(Value value, Measure measure, List<Period> periods) {
        String written = value.written().orElse("");
        Optional<ModelLimit> limit =
                measure == Measure.MONEY ? money(written, periods) : count(written, measure, periods);
        if (limit.isEmpty()) {
            value.problem("is " + value.kind() + "; " + allowed(measure, periods));
        }
        return limit;
    }

    private static String allowed(Measure measure, List<Period> periods) {
        List<String> all = periods.stream().map(Period::text).toList();
        String by = " by the " + String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast()
                + " is allowed, ";
        String first = "/" + all.getFirst();
        return switch (measure) {
            case CALLS -> "a number of calls" + by + "from 1, with k, M or G, such as 200" + first;
            case TOKENS -> "a number of tokens" + by + "from 1, with k, M or G, such as 2M" + first;
            case MONEY -> "an amount of US dollars" + by + "from 0.000001, such as 5 USD" + first;
        };
    }

    private static Optional<ModelLimit> count(String written, Measure measure, List<Period> periods) {
        Matcher matcher = COUNT.matcher(written);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "k" -> THOUSAND;
            case "M" -> THOUSAND * THOUSAND;
            case "G" -> THOUSAND * THOUSAND * THOUSAND;
            case String _ -> 1;
        };
        long number = Long.parseLong(matcher.group(1));
        return number > ModelLimit.MOST / unit
                ? Optional.empty()
                : limit(measure, number * unit, matcher.group(3), periods);
    }

    private static Optional<ModelLimit> money(String written, List<Period> periods) {
        Matcher matcher = MONEY.matcher(written);
        return matcher.matches()
                ? limit(
                        Measure.MONEY,
                        new BigDecimal(matcher.group(1)).multiply(MICROS).longValueExact(),
                        matcher.group(2),
                        periods)
                : Optional.empty();
    }

    private static Optional<ModelLimit> limit(Measure measure, long amount, String period, List<Period> periods) {
        return periods.stream()
                .filter(known -> known.text().equals(period) && amount >= 1 && amount <= ModelLimit.MOST)
                .findFirst()
                .map(known -> new ModelLimit(measure, amount, known));
    }

    /** As a charter writes it. */
    public static String text(ModelLimit limit) {
        return text(limit.measure(), limit.amount()) + "/" + limit.period().text();
    }

    /** An amount as a charter writes it, in the largest unit that says it exactly. */
    public static String text(Measure measure, long amount) {
        if (measure == Measure.MONEY) {
            return BigDecimal.valueOf(amount).divide(MICROS).toPlainString() + " USD";
        }
        for (Map.Entry<Long, String> unit : List.of(
                Map.entry(THOUSAND * THOUSAND * THOUSAND, "G"),
                Map.entry(THOUSAND * THOUSAND, "M"),
                Map.entry(THOUSAND, "k"))) {
            if (amount != 0 && amount % unit.getKey() == 0) {
                return amount / unit.getKey() + unit.getValue();
            }
        }
        return String.valueOf(amount);
    }
}
