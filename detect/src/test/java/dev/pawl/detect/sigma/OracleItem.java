package dev.pawl.detect.sigma;

import com.google.re2j.Pattern;
import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.rule.Item;
import dev.pawl.detect.sigma.rule.Modifier;
import dev.pawl.detect.sigma.rule.Value;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One line of a search, value by value. */
final class OracleItem {
    private final Item item;

    OracleItem(Item item) {
        this.item = item;
    }

    boolean matches(LogEvent event) {
        if (item.has(Modifier.NEQ)) {
            return item.values().stream().noneMatch(value -> value(value, event));
        }
        return item.has(Modifier.ALL)
                ? item.values().stream().allMatch(value -> value(value, event))
                : item.values().stream().anyMatch(value -> value(value, event));
    }

    private boolean value(Value value, LogEvent event) {
        if (value.kind() == Value.Kind.NULL) {
            return given(event).stream().allMatch(text -> text == null)
                    || given(event).contains(null);
        }
        if (item.has(Modifier.EXISTS)) {
            return given(event).isEmpty()
                    != value.text().toLowerCase(Locale.ROOT).equals("true");
        }
        if (item.has(Modifier.FIELDREF)) {
            return event.all(value.text()).stream()
                    .anyMatch(other -> given(event).stream().anyMatch(text -> text != null && refers(text, other)));
        }
        return given(event).stream().anyMatch(text -> text != null && fits(value, text));
    }

    /** The values the line is about. */
    private List<@Nullable String> given(LogEvent event) {
        List<@Nullable String> values = new ArrayList<>();
        IntStream.range(0, event.size())
                .filter(i -> item.field() == null || event.name(i).equals(item.field()))
                .forEach(i -> values.add(event.value(i)));
        return values;
    }

    private boolean refers(String text, String other) {
        String one =
                item.has(Modifier.CASED) ? text : text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String two = item.has(Modifier.CASED)
                ? other
                : other.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        if (item.has(Modifier.CONTAINS)) {
            return one.contains(two);
        }
        if (item.has(Modifier.STARTSWITH)) {
            return one.startsWith(two);
        }
        return item.has(Modifier.ENDSWITH) ? one.endsWith(two) : one.equals(two);
    }

    private boolean fits(Value value, String text) {
        if (item.has(Modifier.RE)) {
            int flags = (item.has(Modifier.I) ? Pattern.CASE_INSENSITIVE : 0)
                    | (item.has(Modifier.M) ? Pattern.MULTILINE : 0)
                    | (item.has(Modifier.S) ? Pattern.DOTALL : 0);
            return Pattern.compile(value.text(), flags).matcher(text).find();
        }
        if (item.has(Modifier.CIDR)) {
            return inside(value.text(), text);
        }
        for (Modifier part :
                List.of(Modifier.MINUTE, Modifier.HOUR, Modifier.DAY, Modifier.WEEK, Modifier.MONTH, Modifier.YEAR)) {
            if (item.has(part)) {
                Integer number = datePart(part, text);
                return number != null && compares(new BigDecimal(number), new BigDecimal(value.text()));
            }
        }
        if (List.of(Modifier.LT, Modifier.LTE, Modifier.GT, Modifier.GTE).stream()
                .anyMatch(item::has)) {
            return text.matches("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?")
                    && compares(new BigDecimal(text), new BigDecimal(value.text()));
        }
        return OracleText.of(item, value).stream()
                .anyMatch(pattern -> pattern.matcher(text).matches());
    }

    private boolean compares(BigDecimal number, BigDecimal limit) {
        int order = number.compareTo(limit);
        if (item.has(Modifier.LT)) {
            return order < 0;
        }
        if (item.has(Modifier.LTE)) {
            return order <= 0;
        }
        if (item.has(Modifier.GT)) {
            return order > 0;
        }
        return item.has(Modifier.GTE) ? order >= 0 : order == 0;
    }

    private static @Nullable Integer datePart(Modifier part, String text) {
        if (!text.matches("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*")) {
            return null;
        }
        LocalDateTime time;
        try {
            time = LocalDateTime.parse(text.substring(0, 16).replace(' ', 'T'));
        } catch (DateTimeException e) {
            return null;
        }
        return switch (part) {
            case MINUTE -> time.getMinute();
            case HOUR -> time.getHour();
            case DAY -> time.getDayOfMonth();
            case WEEK -> time.get(WeekFields.ISO.weekOfWeekBasedYear());
            case MONTH -> time.getMonthValue();
            default -> time.getYear();
        };
    }

    /** Compares the bits of both addresses one by one. */
    private static boolean inside(String network, String text) {
        String part = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
        boolean four = text.matches(part + "(\\." + part + "){3}");
        if (!four && !text.matches("[0-9a-fA-F]*:[0-9a-fA-F:.]*")) {
            return false;
        }
        byte[] one = InetAddress.ofLiteral(network.split("/", -1)[0]).getAddress();
        byte[] two = InetAddress.ofLiteral(text).getAddress();
        int bits = network.contains("/") ? Integer.parseInt(network.split("/", -1)[1]) : one.length * 8;
        return one.length == two.length
                && IntStream.range(0, bits)
                        .allMatch(bit -> (one[bit / 8] >> (7 - bit % 8) & 1) == (two[bit / 8] >> (7 - bit % 8) & 1));
    }
}
