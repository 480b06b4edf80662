package dev.pawl.detect.sigma.pipeline;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.pawl.detect.sigma.rule.LogSource;
import dev.pawl.detect.sigma.rule.Searches;
import dev.pawl.detect.sigma.yaml.Attributes;
import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Place;
import dev.pawl.detect.sigma.yaml.Problem;
import dev.pawl.detect.sigma.yaml.Tree;
import dev.pawl.detect.sigma.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pipeline file: {@code name}, {@code vars} and {@code transformations} with their conditions, in the form of
 * pySigma. A transformation that is not known is a problem, never passed over: a rule would mean something else without
 * it.
 */
public final class PipelineReader {
    private static final int MAX_STEPS = 1_000;

    private PipelineReader() {}

    /** What a text turned out to be. */
    public sealed interface Reading {}

    public record Read(Pipeline pipeline) implements Reading {}

    public record Unreadable(Problem problem) implements Reading {}

    /** Reads a pipeline; {@code file} is its name in problems. Never throws. */
    public static Reading read(String file, String text) {
        YamlReader.Documents documents = YamlReader.read(file, text);
        if (!documents.problems().isEmpty()) {
            return new Unreadable(documents.problems().getFirst());
        }
        if (documents.trees().size() != 1) {
            return new Unreadable(new Problem(Place.start(file), "a pipeline file holds one document"));
        }
        try {
            return new Read(pipeline(new Attributes(documents.trees().getFirst(), "a pipeline")));
        } catch (Fault e) {
            return new Unreadable(e.problem());
        }
    }

    private static Pipeline pipeline(Attributes map) {
        String name = map.has("name") ? map.requiredString("name", 256) : "unnamed";
        Map<String, List<String>> vars = map.has("vars") ? texts(map.required("vars"), "'vars'") : Map.of();
        List<Step> steps = new ArrayList<>();
        for (Tree tree : list(map, "transformations")) {
            steps.add(step(new Attributes(tree, "a transformation"), vars));
        }
        if (steps.size() > MAX_STEPS) {
            throw new Fault(map.place(), "more than " + MAX_STEPS + " transformations");
        }
        return new Pipeline(name, steps);
    }

    private static Step step(Attributes map, Map<String, List<String>> vars) {
        List<RuleCondition> rules = new ArrayList<>();
        for (Tree tree : list(map, "rule_conditions")) {
            rules.add(ruleCondition(new Attributes(tree, "a condition")));
        }
        List<ItemCondition> items = new ArrayList<>();
        for (Tree tree : list(map, "detection_item_conditions")) {
            items.add(itemCondition(new Attributes(tree, "a condition")));
        }
        List<ItemCondition> fields = new ArrayList<>();
        for (Tree tree : list(map, "field_name_conditions")) {
            fields.add(itemCondition(new Attributes(tree, "a condition")));
        }
        return new Step(
                transformation(map, vars),
                new RuleCondition.Of(all(map, "rule_cond_op", rules), flag(map, "rule_cond_not"), rules),
                new ItemCondition.Of(
                        true,
                        false,
                        List.of(
                                new ItemCondition.Of(
                                        all(map, "detection_item_cond_op", items),
                                        flag(map, "detection_item_cond_not"),
                                        items),
                                new ItemCondition.Of(
                                        all(map, "field_name_cond_op", fields),
                                        flag(map, "field_name_cond_not"),
                                        fields))));
    }

    private static boolean all(Attributes map, String key, List<?> parts) {
        String how = map.string(key, text -> text.equals("and") || text.equals("or"), "and, or or");
        return parts.isEmpty() || how == null || how.equals("and");
    }

    private static RuleCondition ruleCondition(Attributes map) {
        String type = map.requiredString("type", 64);
        return switch (type) {
            case "logsource" -> new RuleCondition.Source(source(map));
            case "tag" -> new RuleCondition.Tag(map.requiredString("tag", 256));
            default -> throw new Fault(map.place(), "the condition '" + type + "' is not known");
        };
    }

    private static ItemCondition itemCondition(Attributes map) {
        String type = map.requiredString("type", 64);
        return switch (type) {
            case "include_fields" -> new ItemCondition.Fields(map.strings("fields", 1), true);
            case "exclude_fields" -> new ItemCondition.Fields(map.strings("fields", 1), false);
            case "match_string" ->
                new ItemCondition.Values(pattern(map, "pattern"), "all".equals(map.string("cond", 16)));
            default -> throw new Fault(map.place(), "the condition '" + type + "' is not known");
        };
    }

    private static Transformation transformation(Attributes map, Map<String, List<String>> vars) {
        String type = map.requiredString("type", 64);
        return switch (type) {
            case "field_name_mapping" -> new Transformation.MapFields(texts(map.required("mapping"), "'mapping'"));
            case "field_name_prefix_mapping" ->
                new Transformation.MapPrefixes(texts(map.required("mapping"), "'mapping'"));
            case "field_name_prefix" -> new Transformation.Surround(map.requiredString("prefix", 256), "");
            case "field_name_suffix" -> new Transformation.Surround("", map.requiredString("suffix", 256));
            case "drop_detection_item" -> new Transformation.Drop();
            case "add_condition" ->
                new Transformation.AddCondition(Searches.read(map.required("conditions")), flag(map, "negated"));
            case "change_logsource" -> new Transformation.ChangeSource(source(map));
            case "replace_string" ->
                new Transformation.ReplaceText(pattern(map, "regex"), map.requiredString("replacement", 1_024));
            case "map_string" -> new Transformation.MapValues(texts(map.required("mapping"), "'mapping'"));
            case "value_placeholders" ->
                new Transformation.Placeholders(vars, map.strings("include", 1), map.strings("exclude", 1));
            case "wildcard_placeholders" ->
                new Transformation.AnyPlaceholders(map.strings("include", 1), map.strings("exclude", 1));
            case "rule_failure" -> new Transformation.Refuse(map.requiredString("message", 1_024), false);
            case "detection_item_failure" -> new Transformation.Refuse(map.requiredString("message", 1_024), true);
            default -> throw new Fault(map.place(), "the transformation '" + type + "' is not known");
        };
    }

    private static LogSource source(Attributes map) {
        return new LogSource(map.string("category", 100), map.string("product", 100), map.string("service", 100));
    }

    private static Pattern pattern(Attributes map, String key) {
        String text = map.requiredString(key, 1_024);
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new Fault(map.required(key).place(), "not an RE2 regular expression: " + e.getDescription());
        }
    }

    private static boolean flag(Attributes map, String key) {
        return map.has(key) && Attributes.flag(key, map.required(key));
    }

    private static List<Tree> list(Attributes map, String key) {
        if (!map.has(key)) {
            return List.of();
        }
        if (!(map.required(key) instanceof Tree.Items list)) {
            throw new Fault(map.required(key).place(), "'" + key + "' must be a list");
        }
        return list.items();
    }

    /** A map from words to a text or several. */
    private static Map<String, List<String>> texts(Tree tree, String what) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (Tree.Field field : new Attributes(tree, what).map().fields()) {
            List<String> values = new ArrayList<>();
            switch (field.value()) {
                case Tree.Text text -> values.add(text.value());
                case Tree.Items items -> items.items().forEach(item -> values.add(text(item)));
                case Tree.Fields fields -> throw new Fault(fields.place(), "a text or a list of texts is wanted here");
            }
            texts.put(field.key(), List.copyOf(values));
        }
        return texts;
    }

    private static String text(Tree tree) {
        if (tree instanceof Tree.Text text) {
            return text.value();
        }
        throw new Fault(tree.place(), "a text is wanted here");
    }
}
