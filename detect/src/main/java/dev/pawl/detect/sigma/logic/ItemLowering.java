package dev.pawl.detect.sigma.logic;

import dev.pawl.detect.sigma.rule.Item;
import dev.pawl.detect.sigma.rule.Modifier;
import dev.pawl.detect.sigma.rule.Value;
import dev.pawl.detect.sigma.yaml.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Applies the modifiers of one line. */
final class ItemLowering {
    private static final Set<Modifier> ANYWHERE = EnumSet.of(Modifier.ALL, Modifier.NEQ, Modifier.CASED);
    private static final Set<Modifier> COMPARISONS = EnumSet.of(Modifier.LT, Modifier.LTE, Modifier.GT, Modifier.GTE);
    private static final Set<Modifier> DATES =
            EnumSet.of(Modifier.MINUTE, Modifier.HOUR, Modifier.DAY, Modifier.WEEK, Modifier.MONTH, Modifier.YEAR);
    private static final Set<Modifier> PLACES = EnumSet.of(Modifier.CONTAINS, Modifier.STARTSWITH, Modifier.ENDSWITH);
    private static final Set<Modifier> REGEX =
            EnumSet.of(Modifier.RE, Modifier.I, Modifier.M, Modifier.S, Modifier.EXPAND);

    private final Item item;

    private ItemLowering(Item item) {
        this.item = item;
    }

    /** Several values mean any of them, with {@code all} each of them, with {@code neq} none of them. */
    static Expression of(Item item) {
        ItemLowering lowering = new ItemLowering(item);
        List<Expression> values = new ArrayList<>();
        for (Value value : item.values()) {
            values.add(lowering.value(value));
        }
        if (item.has(Modifier.NEQ)) {
            return new Expression.Not(Expression.any(values));
        }
        return item.has(Modifier.ALL) ? Expression.all(values) : Expression.any(values);
    }

    private Expression value(Value value) {
        if (value.kind() == Value.Kind.NULL) {
            only(EnumSet.of(Modifier.NEQ), "null");
            return leaf(new Check.Absent());
        }
        if (item.has(Modifier.RE)) {
            return leaf(regex(value));
        }
        if (item.has(Modifier.CIDR)) {
            only(EnumSet.of(Modifier.CIDR, Modifier.EXPAND), "cidr");
            return leaf(new Check.Cidr(Network.read(plain(value))
                    .orElseThrow(() -> new Fault(value.place(), "not a network as 10.0.0.0/8 or fe80::/10"))));
        }
        if (item.has(Modifier.EXISTS)) {
            onlyFields("exists");
            only(EnumSet.of(Modifier.EXISTS), "exists");
            if (value.kind() != Value.Kind.BOOLEAN) {
                throw new Fault(value.place(), "'exists' takes true or false");
            }
            return leaf(new Check.Exists(value.text().equalsIgnoreCase("true")));
        }
        if (item.has(Modifier.FIELDREF)) {
            return leaf(fieldReference(value));
        }
        if (item.modifiers().stream().anyMatch(DATES::contains)) {
            return leaf(date(value));
        }
        if (item.modifiers().stream().anyMatch(COMPARISONS::contains)) {
            only(COMPARISONS, "a comparison");
            return leaf(new Check.Compare(order(), number(value)));
        }
        return Expression.any(TextLowering.globs(item, value).stream()
                .map(glob -> leaf(item.field() == null ? anywhere(glob) : glob))
                .toList());
    }

    private Expression leaf(Check check) {
        return new Expression.Leaf(item.field(), check);
    }

    /** Keywords stand anywhere in a value unless a modifier says where. */
    private Glob anywhere(Glob glob) {
        return item.has(Modifier.STARTSWITH) || item.has(Modifier.ENDSWITH) ? glob : glob.anywhere();
    }

    private Regex regex(Value value) {
        Set<Modifier> allowed = EnumSet.copyOf(REGEX);
        allowed.addAll(PLACES);
        only(allowed, "re");
        String flags = (item.has(Modifier.I) ? "i" : "")
                + (item.has(Modifier.M) ? "m" : "")
                + (item.has(Modifier.S) ? "s" : "");
        String source = plain(value);
        if (item.has(Modifier.STARTSWITH)) {
            source = "\\A(?:" + source + ")";
        }
        if (item.has(Modifier.ENDSWITH)) {
            source = "(?:" + source + ")\\z";
        }
        return Regex.read(source, flags, value.place());
    }

    private Check.SameAs fieldReference(Value value) {
        onlyFields("fieldref");
        Set<Modifier> allowed = EnumSet.of(Modifier.FIELDREF);
        allowed.addAll(PLACES);
        only(allowed, "fieldref");
        if (value.text().isEmpty()) {
            throw new Fault(value.place(), "'fieldref' names a field");
        }
        boolean contains = item.has(Modifier.CONTAINS);
        return new Check.SameAs(
                value.text(),
                contains || item.has(Modifier.ENDSWITH),
                contains || item.has(Modifier.STARTSWITH),
                item.has(Modifier.CASED));
    }

    private Check.Date date(Value value) {
        Set<Modifier> allowed = EnumSet.copyOf(DATES);
        allowed.addAll(COMPARISONS);
        only(allowed, "a part of a date");
        List<Modifier> parts = item.modifiers().stream().filter(DATES::contains).toList();
        if (parts.size() > 1) {
            throw new Fault(item.place(), "only one part of a date at a time");
        }
        return new Check.Date(DatePart.valueOf(parts.getFirst().name()), order(), number(value));
    }

    private Check.Order order() {
        List<Modifier> found =
                item.modifiers().stream().filter(COMPARISONS::contains).toList();
        if (found.size() > 1) {
            throw new Fault(item.place(), "only one comparison at a time");
        }
        return found.isEmpty()
                ? Check.Order.EQ
                : Check.Order.valueOf(found.getFirst().name());
    }

    private double number(Value value) {
        double number = Numbers.parse(value.text());
        if (value.kind() != Value.Kind.NUMBER || Double.isNaN(number)) {
            throw new Fault(value.place(), "this modifier takes a number");
        }
        return number;
    }

    private String plain(Value value) {
        return item.has(Modifier.EXPAND) ? TextLowering.expanded(value) : value.text();
    }

    private void onlyFields(String what) {
        if (item.field() == null) {
            throw new Fault(item.place(), "'" + what + "' needs a field");
        }
    }

    private void only(Set<Modifier> allowed, String what) {
        for (Modifier modifier : item.modifiers()) {
            if (!allowed.contains(modifier) && !ANYWHERE.contains(modifier)) {
                throw new Fault(item.place(), "'" + modifier.text() + "' does not go with " + what);
            }
        }
    }
}
