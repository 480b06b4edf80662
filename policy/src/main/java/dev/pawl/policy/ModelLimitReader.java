package dev.pawl.policy;

import dev.pawl.core.ModelLimit;
import dev.pawl.core.ModelLimit.Measure;
import dev.pawl.core.ModelLimit.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads limits on what is used of models: {@code budget.model} of a charter, {@code limits.model} of an organisation. */
final class ModelLimitReader {
    private static final List<String> MEASURES =
            Arrays.stream(Measure.values()).map(Measure::text).toList();
    private static final List<Period> EVERY = List.of(Period.values());

    /** What several runs share has no limit a run. */
    private static final List<Period> SHARED = List.of(Period.HOUR, Period.DAY, Period.MONTH);

    /** The same limits are equal however they are written. */
    private static final Comparator<ModelLimit> ORDER =
            Comparator.comparing(ModelLimit::measure).thenComparing(ModelLimit::period);

    private ModelLimitReader() {}

    /** What a charter names, which may be at most what the organisation gives an agent; that where it names nothing. */
    static List<ModelLimit> charter(Optional<Value> value, Organization organization) {
        List<ModelLimit> most = organization.limits().model().agent();
        List<ModelLimit> limits = new ArrayList<>();
        value.flatMap(model -> model.section(MEASURES))
                .ifPresent(section -> limits.addAll(limits(section, EVERY, most, organization.called())));
        most.stream().filter(limit -> limits.stream().noneMatch(limit::sameAs)).forEach(limits::add);
        limits.sort(ORDER);
        return limits;
    }

    static ModelLimits organization(Value value) {
        Optional<Section> section = value.section(List.of("agent", "owner", "organization"));
        return new ModelLimits(
                level(section, "agent", EVERY),
                level(section, "owner", SHARED),
                level(section, "organization", SHARED));
    }

    private static List<ModelLimit> level(Optional<Section> levels, String key, List<Period> periods) {
        return levels.flatMap(section -> section.get(key))
                .flatMap(value -> value.section(MEASURES))
                .map(section -> limits(section, periods, List.of(), ""))
                .orElse(List.of());
    }

    private static List<ModelLimit> limits(Section section, List<Period> periods, List<ModelLimit> most, String whose) {
        List<ModelLimit> limits = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            for (Value item :
                    section.get(measure.text()).map(ModelLimitReader::oneOrMore).orElse(List.of())) {
                ModelAmounts.read(item, measure, periods)
                        .filter(limit -> fits(item, limit, limits, most, whose))
                        .ifPresent(limits::add);
            }
        }
        limits.sort(ORDER);
        return limits;
    }

    private static List<Value> oneOrMore(Value value) {
        return value.node() instanceof SequenceNode ? value.items() : List.of(value);
    }

    private static boolean fits(
            Value item, ModelLimit limit, List<ModelLimit> before, List<ModelLimit> most, String whose) {
        if (before.stream().anyMatch(limit::sameAs)) {
            item.problem("is a second limit " + limit.period().each() + "; keep one");
            return false;
        }
        Optional<ModelLimit> least = most.stream()
                .filter(other -> other.sameAs(limit) && other.amount() < limit.amount())
                .findFirst();
        least.ifPresent(other -> item.problem(
                "is " + ModelAmounts.text(limit) + "; " + whose + " allows at most " + ModelAmounts.text(other)));
        return least.isEmpty();
    }

    /** Lines of a charter or organisation file. */
    static void write(YamlLines lines, int depth, List<ModelLimit> limits) {
        for (Measure measure : Measure.values()) {
            List<String> texts = limits.stream()
                    .filter(limit -> limit.measure() == measure)
                    .map(ModelAmounts::text)
                    .toList();
            if (texts.size() == 1) {
                lines.add(depth, measure.text(), texts.getFirst());
            } else if (!texts.isEmpty()) {
                lines.add(depth, measure.text(), texts.stream().collect(Collectors.joining(", ", "[", "]")));
            }
        }
    }
}
