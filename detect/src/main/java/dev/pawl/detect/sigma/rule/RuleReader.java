package dev.pawl.detect.sigma.rule;

import dev.pawl.detect.sigma.yaml.Attributes;
import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Place;
import dev.pawl.detect.sigma.yaml.Problem;
import dev.pawl.detect.sigma.yaml.Tree;
import dev.pawl.detect.sigma.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads rule texts. A bad document becomes a problem; the others of the same text are still read. Thread-safe. */
public final class RuleReader {
    private static final Pattern SOURCE = Pattern.compile("[a-z0-9_.-]{1,100}");

    private RuleReader() {}

    /** What a text held. */
    public record Documents(List<Document> documents, List<Problem> problems) {
        public Documents {
            documents = List.copyOf(documents);
            problems = List.copyOf(problems);
        }
    }

    /** Reads all documents of a text; {@code file} is its name in problems. Never throws. */
    public static Documents read(String file, String text) {
        YamlReader.Documents trees = YamlReader.read(file, text);
        List<Document> documents = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Tree tree : trees.trees()) {
            try {
                documents.add(document(tree));
            } catch (Fault e) {
                problems.add(e.problem());
            }
        }
        problems.addAll(trees.problems());
        if (documents.isEmpty() && problems.isEmpty()) {
            problems.add(new Fault(Place.start(file), "there is no rule in this text").problem());
        }
        return new Documents(documents, problems);
    }

    private static Document document(Tree tree) {
        Attributes document = new Attributes(tree, "a rule");
        if (document.has("correlation")) {
            return CorrelationReader.read(document);
        }
        if (document.has("filter")) {
            return filter(document);
        }
        Header header = HeaderReader.read(document);
        LogSource source = source(document);
        Attributes detection = new Attributes(document.required("detection"), "'detection'");
        return new Rule(header, source, DetectionReader.read(detection, Set.of("condition")));
    }

    private static Filter filter(Attributes document) {
        Header header = HeaderReader.read(document);
        LogSource source = source(document);
        Attributes filter = new Attributes(document.required("filter"), "'filter'");
        filter.required("selection");
        Tree rules = filter.required("rules");
        boolean any = rules instanceof Tree.Text text && text.value().equals("any");
        List<String> references = any ? List.of() : Attributes.strings("rules", rules, 1);
        if (!any && references.isEmpty()) {
            throw new Fault(rules.place(), "'rules' must name at least one rule, or be 'any'");
        }
        return new Filter(header, source, references, DetectionReader.read(filter, Set.of("condition", "rules")));
    }

    private static LogSource source(Attributes document) {
        Attributes map = new Attributes(document.required("logsource"), "'logsource'");
        LogSource source = new LogSource(part(map, "category"), part(map, "product"), part(map, "service"));
        map.string("definition", YamlReader.MAX_VALUE);
        if (source.category() == null && source.product() == null && source.service() == null) {
            throw new Fault(map.place(), "'logsource' needs a category, a product or a service");
        }
        return source;
    }

    private static @Nullable String part(Attributes map, String key) {
        String text = map.string(
                key, value -> SOURCE.matcher(value.toLowerCase(Locale.ROOT)).matches(), "letters, digits, _ . and -");
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
