package dev.pawl.detect.sigma.rule;

import dev.pawl.detect.sigma.yaml.Attributes;
import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the correlation section of a document. */
final class CorrelationReader {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,8})([smhd])");
    private static final int MAX_RULES = 500;

    private CorrelationReader() {}

    static Correlation read(Attributes document) {
        Attributes section = new Attributes(document.required("correlation"), "'correlation'");
        Correlation.Type type = type(section);
        List<String> rules = Attributes.strings("rules", section.required("rules"), 2);
        if (rules.isEmpty() || rules.size() > MAX_RULES) {
            throw new Fault(section.required("rules").place(), "'rules' must name 1 to " + MAX_RULES + " rules");
        }
        section.required("group-by");
        return new Correlation(
                HeaderReader.read(document),
                type,
                rules,
                section.strings("group-by", 1),
                aliases(section),
                span(section),
                threshold(section, type),
                generate(document, section));
    }

    private static boolean generate(Attributes document, Attributes section) {
        Attributes holder = section.has("generate") ? section : document;
        return holder.has("generate") && Attributes.flag("generate", holder.required("generate"));
    }

    private static Correlation.Type type(Attributes section) {
        String text = section.requiredString("type", 16);
        for (Correlation.Type type : Correlation.Type.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(text)) {
                return type;
            }
        }
        throw new Fault(section.required("type").place(), "there is no correlation type '" + text + "'");
    }

    private static Duration span(Attributes section) {
        Matcher matcher = SPAN.matcher(section.requiredString("timespan", 10));
        if (!matcher.matches() || matcher.group(1).chars().allMatch(c -> c == '0')) {
            throw new Fault(
                    section.required("timespan").place(), "'timespan' must be a number and s, m, h or d, as 5m");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static Map<String, Map<String, String>> aliases(Attributes section) {
        Map<String, Map<String, String>> aliases = new LinkedHashMap<>();
        if (section.has("aliases")) {
            Attributes map = new Attributes(section.required("aliases"), "'aliases'");
            for (Tree.Field alias : map.map().fields()) {
                Attributes fields = new Attributes(alias.value(), "an alias");
                Map<String, String> byRule = new LinkedHashMap<>();
                fields.map()
                        .fields()
                        .forEach(rule -> byRule.put(rule.key(), Attributes.string("alias", rule.value(), 256)));
                aliases.put(alias.key(), Map.copyOf(byRule));
            }
        }
        return aliases;
    }

    private static Correlation.@Nullable Threshold threshold(Attributes section, Correlation.Type type) {
        boolean temporal = type == Correlation.Type.TEMPORAL || type == Correlation.Type.TEMPORAL_ORDERED;
        if (temporal && !section.has("condition")) {
            return null;
        }
        Attributes map = new Attributes(section.required("condition"), "'condition'");
        List<Correlation.Bound> bounds = new ArrayList<>();
        Double percentile = null;
        for (Tree.Field field : map.map().fields()) {
            switch (field.key()) {
                case "field" -> {}
                case "percentile" -> percentile = percentile(field);
                default -> bounds.add(new Correlation.Bound(operator(field), number(field)));
            }
        }
        if (bounds.isEmpty() || bounds.size() > 3) {
            throw new Fault(map.place(), "'condition' needs one to three of gt, gte, lt, lte, eq, neq");
        }
        List<String> fields = fields(map);
        if (type.needsField() && fields.isEmpty()) {
            throw new Fault(map.place(), "'condition' of this type needs a 'field'");
        }
        if (type != Correlation.Type.VALUE_COUNT && fields.size() > 1) {
            throw new Fault(map.place(), "only value_count takes several fields");
        }
        return new Correlation.Threshold(bounds, fields, percentile);
    }

    private static double percentile(Tree.Field field) {
        double percentile = number(field);
        if (percentile < 0 || percentile > 100) {
            throw new Fault(field.value().place(), "'percentile' must be between 0 and 100");
        }
        return percentile;
    }

    private static List<String> fields(Attributes map) {
        if (!map.has("field")) {
            return List.of();
        }
        Tree tree = map.required("field");
        return tree instanceof Tree.Items
                ? Attributes.strings("field", tree, 1)
                : List.of(Attributes.string("field", tree, 256));
    }

    private static Correlation.Operator operator(Tree.Field field) {
        for (Correlation.Operator operator : Correlation.Operator.values()) {
            if (operator.name().toLowerCase(Locale.ROOT).equals(field.key())) {
                return operator;
            }
        }
        throw new Fault(field.place(), "'condition' knows gt, gte, lt, lte, eq, neq and field");
    }

    private static double number(Tree.Field field) {
        if (!(field.value() instanceof Tree.Text text)
                || !text.isNumber()
                || text.value().length() > 18) {
            throw new Fault(field.value().place(), "'" + field.key() + "' must be a number");
        }
        return Double.parseDouble(text.value());
    }
}
