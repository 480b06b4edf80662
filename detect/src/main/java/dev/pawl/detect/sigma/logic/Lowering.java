package dev.pawl.detect.sigma.logic;

import dev.pawl.detect.sigma.rule.Condition;
import dev.pawl.detect.sigma.rule.Detection;
import dev.pawl.detect.sigma.rule.Filter;
import dev.pawl.detect.sigma.rule.Rule;
import dev.pawl.detect.sigma.rule.Search;
import dev.pawl.detect.sigma.yaml.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns a rule and the filters for it into one expression. */
public final class Lowering {
    private static final int MAX_VALUES = 20_000;

    private Lowering() {}

    /**
     * The meaning of a rule.
     *
     * @throws Fault if a modifier does not go with its value
     */
    public static Expression of(Rule rule, List<Filter> filters) {
        List<Expression> parts = new ArrayList<>();
        parts.add(detection(rule.detection()));
        for (Filter filter : filters) {
            if (filter.isFor(rule)) {
                parts.add(filter(filter));
            }
        }
        return Expression.all(parts);
    }

    /**
     * What a filter lets through. A filter exists to suppress matches, and two ways of writing one are in use: the
     * specification's example names what is not wanted ({@code selection}), pySigma's says what must hold ({@code not
     * selection}). A condition in which searches stand only behind {@code not} is of the second kind.
     */
    public static Expression filter(Filter filter) {
        Expression meaning = detection(filter.detection());
        boolean saysWhatMustHold = filter.detection().conditions().stream().allMatch(Lowering::negative);
        return saysWhatMustHold ? meaning : new Expression.Not(meaning);
    }

    private static boolean negative(Condition condition) {
        return switch (condition) {
            case Condition.Not ignored -> true;
            case Condition.And(List<Condition> parts) -> parts.stream().allMatch(Lowering::negative);
            case Condition.Or(List<Condition> parts) -> parts.stream().allMatch(Lowering::negative);
            case Condition.Named ignored -> false;
            case Condition.Of ignored -> false;
        };
    }

    private static Expression detection(Detection detection) {
        Map<String, Expression> searches = new HashMap<>();
        int[] values = {0};
        detection.searches().forEach((name, search) -> searches.put(name, search(search, values)));
        return Expression.any(detection.conditions().stream()
                .map(condition -> condition(condition, searches))
                .toList());
    }

    private static Expression search(Search search, int[] values) {
        return switch (search) {
            case Search.AllOf(List<Search> parts) ->
                Expression.all(parts.stream().map(part -> search(part, values)).toList());
            case Search.AnyOf(List<Search> parts) ->
                Expression.any(parts.stream().map(part -> search(part, values)).toList());
            case Search.One(var item) -> {
                values[0] += item.values().size();
                if (values[0] > MAX_VALUES) {
                    throw new Fault(item.place(), "a rule with more than " + MAX_VALUES + " values");
                }
                yield ItemLowering.of(item);
            }
        };
    }

    private static Expression condition(Condition condition, Map<String, Expression> searches) {
        return switch (condition) {
            case Condition.And(List<Condition> parts) ->
                Expression.all(
                        parts.stream().map(part -> condition(part, searches)).toList());
            case Condition.Or(List<Condition> parts) ->
                Expression.any(
                        parts.stream().map(part -> condition(part, searches)).toList());
            case Condition.Not(Condition part) -> new Expression.Not(condition(part, searches));
            case Condition.Named(String name) -> found(searches, name);
            case Condition.Of(boolean all, List<String> names) -> {
                List<Expression> parts =
                        names.stream().map(name -> found(searches, name)).toList();
                yield all ? Expression.all(parts) : Expression.any(parts);
            }
        };
    }

    private static Expression found(Map<String, Expression> searches, String name) {
        Expression search = searches.get(name);
        if (search == null) {
            throw new IllegalStateException("the reader let a condition through that names no search");
        }
        return search;
    }
}
