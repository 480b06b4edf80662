package dev.pawl.policy.schema;

import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.ValidationResponse.ValidationError;
import com.cedarpolicy.model.ValidationResponse.ValidationSuccessResponse;
import dev.pawl.policy.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what the validator says, one problem a place. For one thread. */
final class Findings {
    private final Map<String, PolicyText> policies = new LinkedHashMap<>();
    private final List<Found> errors = new ArrayList<>();
    private final List<Found> warnings = new ArrayList<>();

    Findings(List<PolicyText> policies) {
        for (PolicyText policy : policies) {
            if (this.policies.put(policy.id(), policy) != null) {
                throw new IllegalArgumentException("two policies are called " + policy.id());
            }
        }
    }

    void add(ValidationSuccessResponse response) {
        response.validationErrors.forEach(error -> errors.add(found(error)));
        response.validationWarnings.forEach(warning -> warnings.add(found(warning)));
    }

    void addUnparsed(PolicyText policy, List<DetailedError> reasons) {
        reasons.forEach(reason -> errors.add(new Found(policy, start(reason), message(reason))));
    }

    /** In the order of the policies, then of their text. */
    SchemaReport report() {
        List<Found> meant = warnings.stream()
                // What is wrong is also never true; saying so helps nobody.
                .filter(warning -> errors.stream().noneMatch(error -> error.policy.equals(warning.policy)))
                .toList();
        return new SchemaReport(problems(errors), problems(meant));
    }

    private record Found(PolicyText policy, int offset, String message) {}

    private Found found(ValidationError error) {
        PolicyText policy = policies.get(error.getPolicyId());
        if (policy == null) {
            throw new IllegalStateException("the validator speaks of a policy it was not given");
        }
        return new Found(policy, start(error.getError()), message(error.getError()));
    }

    private List<Problem> problems(List<Found> found) {
        List<PolicyText> order = List.copyOf(policies.values());
        Map<Problem, List<String>> places = new LinkedHashMap<>();
        found.stream()
                .sorted(Comparator.comparingInt((Found each) -> order.indexOf(each.policy))
                        .thenComparingInt(Found::offset)
                        .thenComparing(Found::message))
                .forEach(each -> places.computeIfAbsent(
                                Place.at(each.policy, each.offset, "rule " + each.policy.id()), _ -> new ArrayList<>())
                        .add(each.message));
        return places.entrySet().stream()
                .map(place -> said(place.getKey(), place.getValue()))
                .toList();
    }

    /** The validator looks at a policy once for each action it could apply to, and may say the same each time. */
    private static Problem said(Problem place, List<String> messages) {
        int more = messages.size() - 1;
        String others = more == 0 ? "" : " (and " + more + " more like it at this place)";
        return new Problem(
                place.source(), place.line(), place.column(), place.message() + ": " + messages.getFirst() + others);
    }

    private static int start(DetailedError error) {
        return error.sourceLocations.isEmpty() ? 0 : error.sourceLocations.getFirst().start;
    }

    /** Without the id, which stands before it; {@code help} is the validator's advice. */
    private static String message(DetailedError error) {
        return plain(error.message) + error.help.map(help -> "; " + plain(help)).orElse("");
    }

    private static String plain(String text) {
        return text.replaceFirst("^for policy `[^`]*`, ", "");
    }
}
