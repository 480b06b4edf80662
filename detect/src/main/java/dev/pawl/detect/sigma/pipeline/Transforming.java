package dev.pawl.detect.sigma.pipeline;

import dev.pawl.detect.sigma.rule.Condition;
import dev.pawl.detect.sigma.rule.Detection;
import dev.pawl.detect.sigma.rule.Item;
import dev.pawl.detect.sigma.rule.Modifier;
import dev.pawl.detect.sigma.rule.Rule;
import dev.pawl.detect.sigma.rule.Search;
import dev.pawl.detect.sigma.rule.Value;
import dev.pawl.detect.sigma.yaml.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the transformation of a step. */
final class Transforming {
    private final Step step;

    private Transforming(Step step) {
        this.step = step;
    }

    static Rule apply(Step step, Rule rule) {
        return switch (step.transformation()) {
            case Transformation.ChangeSource(var source) -> new Rule(rule.header(), source, rule.detection());
            case Transformation.AddCondition(Search search, boolean negated) -> add(rule, search, negated);
            case Transformation.Refuse(String message, boolean onItems)
            when !onItems -> throw new Fault(rule.header().place(), message);
            default -> new Transforming(step).items(rule);
        };
    }

    private static Rule add(Rule rule, Search search, boolean negated) {
        Map<String, Search> searches = new LinkedHashMap<>(rule.detection().searches());
        String name = "_pipeline_" + searches.size();
        searches.put(name, search);
        Condition named = new Condition.Named(name);
        Condition added = negated ? new Condition.Not(named) : named;
        List<Condition> conditions = rule.detection().conditions().stream()
                .map(condition -> (Condition) new Condition.And(List.of(added, condition)))
                .toList();
        return new Rule(rule.header(), rule.source(), new Detection(searches, conditions));
    }

    private Rule items(Rule rule) {
        Map<String, Search> searches = new LinkedHashMap<>();
        Set<String> gone = new TreeSet<>();
        rule.detection()
                .searches()
                .forEach((name, search) ->
                        search(search).ifPresentOrElse(changed -> searches.put(name, changed), () -> gone.add(name)));
        if (!gone.isEmpty()) {
            throw new Fault(
                    rule.header().place(),
                    "the pipeline drops all of the search '" + gone.iterator().next() + "'");
        }
        return new Rule(
                rule.header(),
                rule.source(),
                new Detection(searches, rule.detection().conditions()));
    }

    /** The search after the step; empty where nothing is left of it. */
    private Optional<Search> search(Search search) {
        return switch (search) {
            case Search.AllOf(List<Search> parts) ->
                Optional.of(parts(parts)).filter(left -> !left.isEmpty()).map(Search.AllOf::new);
            case Search.AnyOf(List<Search> parts) ->
                Optional.of(parts(parts)).filter(left -> !left.isEmpty()).map(Search.AnyOf::new);
            case Search.One(Item item) -> step.items().holds(item) ? item(item) : Optional.of(search);
        };
    }

    private List<Search> parts(List<Search> parts) {
        return parts.stream().flatMap(part -> search(part).stream()).toList();
    }

    private Optional<Search> item(Item item) {
        return switch (step.transformation()) {
            case Transformation.MapFields(var mapping) ->
                Optional.of(fields(reference(item, mapping), mapping.get(String.valueOf(item.field()))));
            case Transformation.MapPrefixes(var mapping) -> Optional.of(fields(item, prefixed(item, mapping)));
            case Transformation.Surround(String before, String after) ->
                Optional.of(fields(item, item.field() == null ? null : List.of(before + item.field() + after)));
            case Transformation.Drop() -> Optional.empty();
            case Transformation.ReplaceText(var pattern, String replacement) ->
                Optional.of(new Search.One(item.withValues(item.values().stream()
                        .map(value -> text(value, pattern.matcher(value.text()).replaceAll(replacement)))
                        .toList())));
            case Transformation.MapValues(var mapping) ->
                Optional.of(new Search.One(item.withValues(item.values().stream()
                        .flatMap(value -> mapping.getOrDefault(value.text(), List.of(value.text())).stream()
                                .map(text -> text(value, text)))
                        .toList())));
            case Transformation.Placeholders placeholders ->
                Optional.of(new Search.One(PlaceholderValues.fill(item, placeholders)));
            case Transformation.AnyPlaceholders placeholders ->
                Optional.of(new Search.One(PlaceholderValues.wildcards(item, placeholders)));
            case Transformation.Refuse(String message, boolean ignored) -> throw new Fault(item.place(), message);
            case Transformation.AddCondition ignored -> Optional.of(new Search.One(item));
            case Transformation.ChangeSource ignored -> Optional.of(new Search.One(item));
        };
    }

    private static Value text(Value value, String text) {
        return text.equals(value.text()) ? value : new Value(Value.Kind.STRING, text, value.place());
    }

    /** A field that another one is compared with is mapped like any. */
    private static Item reference(Item item, Map<String, List<String>> mapping) {
        if (!item.has(Modifier.FIELDREF)) {
            return item;
        }
        return item.withValues(item.values().stream()
                .flatMap(value -> mapping.getOrDefault(value.text(), List.of(value.text())).stream()
                        .map(text -> text(value, text)))
                .toList());
    }

    private static @Nullable List<String> prefixed(Item item, Map<String, List<String>> mapping) {
        String field = item.field();
        for (Map.Entry<String, List<String>> entry : mapping.entrySet()) {
            if (field != null && field.startsWith(entry.getKey())) {
                String rest = field.substring(entry.getKey().length());
                return entry.getValue().stream().map(prefix -> prefix + rest).toList();
            }
        }
        return null;
    }

    private static Search fields(Item item, @Nullable List<String> fields) {
        if (item.field() == null || fields == null) {
            return new Search.One(item);
        }
        if (fields.size() == 1) {
            return new Search.One(item.withField(fields.getFirst()));
        }
        List<Search> parts = new ArrayList<>();
        fields.forEach(field -> parts.add(new Search.One(item.withField(field))));
        return item.has(Modifier.NEQ) ? new Search.AllOf(parts) : new Search.AnyOf(parts);
    }
}
