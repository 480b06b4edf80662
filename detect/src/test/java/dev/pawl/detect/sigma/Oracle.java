package dev.pawl.detect.sigma;

import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.pipeline.Pipeline;
import dev.pawl.detect.sigma.rule.Condition;
import dev.pawl.detect.sigma.rule.Detection;
import dev.pawl.detect.sigma.rule.Document;
import dev.pawl.detect.sigma.rule.Rule;
import dev.pawl.detect.sigma.rule.Search;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The specification read aloud: asks every part of a rule in turn and knows no index. It shares with the engine what a
 * document looks like, and nothing of what values, modifiers and conditions mean.
 */
final class Oracle {
    private final Rule rule;

    private Oracle(Rule rule) {
        this.rule = rule;
    }

    static Oracle of(Document document, Pipeline pipeline) {
        return new Oracle(pipeline.apply((Rule) document));
    }

    boolean matches(LogEvent event) {
        Detection detection = rule.detection();
        return same(rule.source().category(), event.source().category())
                && same(rule.source().product(), event.source().product())
                && same(rule.source().service(), event.source().service())
                && detection.conditions().stream().anyMatch(condition -> condition(condition, event));
    }

    private static boolean same(@Nullable String wanted, @Nullable String given) {
        return wanted == null || Objects.equals(wanted, given);
    }

    private boolean condition(Condition condition, LogEvent event) {
        return switch (condition) {
            case Condition.And and -> and.parts().stream().allMatch(part -> condition(part, event));
            case Condition.Or or -> or.parts().stream().anyMatch(part -> condition(part, event));
            case Condition.Not not -> !condition(not.part(), event);
            case Condition.Named named -> search(named.search(), event);
            case Condition.Of of when of.all() -> of.searches().stream().allMatch(name -> search(name, event));
            case Condition.Of of -> of.searches().stream().anyMatch(name -> search(name, event));
        };
    }

    private boolean search(String name, LogEvent event) {
        return search(Objects.requireNonNull(rule.detection().searches().get(name)), event);
    }

    private static boolean search(Search search, LogEvent event) {
        return switch (search) {
            case Search.AllOf all -> all.parts().stream().allMatch(part -> search(part, event));
            case Search.AnyOf any -> any.parts().stream().anyMatch(part -> search(part, event));
            case Search.One one -> new OracleItem(one.item()).matches(event);
        };
    }
}
