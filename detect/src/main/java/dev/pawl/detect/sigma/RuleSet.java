package dev.pawl.detect.sigma;

import dev.pawl.detect.sigma.engine.Engine;
import dev.pawl.detect.sigma.engine.Entry;
import dev.pawl.detect.sigma.logic.Lowering;
import dev.pawl.detect.sigma.pipeline.Pipeline;
import dev.pawl.detect.sigma.rule.Correlation;
import dev.pawl.detect.sigma.rule.Document;
import dev.pawl.detect.sigma.rule.Filter;
import dev.pawl.detect.sigma.rule.Rule;
import dev.pawl.detect.sigma.rule.RuleReader;
import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules that were loaded, and what was wrong with the rest. In which order texts were given cannot be seen. Immutable,
 * thread-safe.
 */
public final class RuleSet {
    private final List<Document> documents;
    private final List<Problem> problems;
    private final List<Problem> unresolved;
    private final List<Entry> entries;
    private final List<Correlation> correlations;

    private RuleSet(Loading loading) {
        this.correlations = Correlations.ordered(loading.documents, loading.problems, loading.unresolved);
        this.documents = loading.documents.stream()
                .filter(document -> !(document instanceof Correlation) || correlations.contains(document))
                .toList();
        this.problems = sorted(loading.problems);
        this.unresolved = sorted(loading.unresolved);
        this.entries = List.copyOf(loading.entries);
    }

    private static List<Problem> sorted(List<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(
                                (Problem problem) -> problem.place().file())
                        .thenComparingInt(problem -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()))
                .toList();
    }

    /** Loads rules as they are written. */
    public static RuleSet of(List<RuleText> texts) {
        return of(texts, Pipeline.NONE);
    }

    /** Loads rules and applies a pipeline to each. Never throws: a bad document is a problem, the others still load. */
    public static RuleSet of(List<RuleText> texts, Pipeline pipeline) {
        return new RuleSet(new Loading(texts, pipeline));
    }

    /** Every rule, correlation and filter that was read and understood. */
    public List<Document> documents() {
        return documents;
    }

    /** What could not be used, by file and line. */
    public List<Problem> problems() {
        return problems;
    }

    /** Correlations that are right in themselves and name rules that were not given; they are not in force. */
    public List<Problem> unresolved() {
        return unresolved;
    }

    /** A detector with a memory of its own. */
    public Detector detector() {
        return new Detector(engine(), correlations);
    }

    /** Detectors made from one engine share its index. */
    public Engine engine() {
        return Engine.of(entries);
    }

    /** A detector over an engine of this rule set. */
    public Detector detector(Engine engine) {
        return new Detector(engine, correlations);
    }

    /** What is gathered while loading. */
    private static final class Loading {
        private final List<Document> documents = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<Problem> unresolved = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, Document> byId = new HashMap<>();

        Loading(List<RuleText> texts, Pipeline pipeline) {
            List<Document> read = new ArrayList<>();
            for (RuleText text :
                    texts.stream().sorted(Comparator.comparing(RuleText::name)).toList()) {
                RuleReader.Documents found = RuleReader.read(text.name(), text.text());
                problems.addAll(found.problems());
                read.addAll(found.documents());
            }
            List<Filter> filters = read.stream()
                    .filter(Filter.class::isInstance)
                    .map(Filter.class::cast)
                    .toList();
            read.forEach(document -> take(document, filters, pipeline));
        }

        private void take(Document document, List<Filter> filters, Pipeline pipeline) {
            try {
                refuseTwins(document);
                switch (document) {
                    case Rule rule -> entries.add(entry(rule, filters, pipeline));
                    case Filter filter -> Lowering.filter(pipeline.apply(filter));
                    case Correlation ignored -> {
                        // Resolved once all rules are known.
                    }
                }
                documents.add(document);
            } catch (Fault e) {
                problems.add(e.problem());
            }
        }

        private void refuseTwins(Document document) {
            String id = document.header().id();
            Document twin = id == null ? null : byId.putIfAbsent(id, document);
            if (twin != null) {
                throw new Fault(
                        document.header().place(),
                        "the id " + id + " is that of " + twin.header().place() + " too");
            }
        }

        private static Entry entry(Rule rule, List<Filter> filters, Pipeline pipeline) {
            Rule mapped = pipeline.apply(rule);
            List<Filter> own = filters.stream()
                    .filter(filter -> filter.isFor(rule))
                    .map(pipeline::apply)
                    .toList();
            return new Entry(rule.header(), mapped.source(), Lowering.of(mapped, own));
        }
    }
}
