package dev.pawl.policy.engine;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision.Verdict;
import dev.pawl.core.HostGrant;
import dev.pawl.core.RequestRule;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads rules for requests without Cedar, for comparison. */
final class RequestReading {
    private RequestReading() {}

    /** What a grant says of a request, rule by rule. */
    static Stream<Reading.Told> of(HostGrant grant, Attempt.Request request) {
        if (grant.inspection().isEmpty()) {
            return Stream.empty();
        }
        List<RequestRule> rules = grant.inspection().get().requests();
        return rules.isEmpty()
                ? Stream.of(new Reading.Told(Verdict.ALLOW, grant.id() + ".requests", null))
                : rules.stream()
                        .filter(rule -> matches(rule, request))
                        .map(rule -> new Reading.Told(
                                rule.ask().isPresent() ? Verdict.ASK : Verdict.ALLOW, rule.id(), null));
    }

    /** By hand: as a regular expression over the whole path. */
    private static boolean matches(RequestRule rule, Attempt.Request request) {
        if (!request.path().startsWith("/") || !List.of("*", request.method()).contains(rule.method())) {
            return false;
        }
        if (request.path().equals("/")) {
            // It has no segments, not one that is empty.
            return rule.segments().isEmpty();
        }
        StringBuilder path = new StringBuilder();
        for (String segment : rule.segments()) {
            path.append('/');
            for (int i = 0; i < segment.length(); i++) {
                if (segment.startsWith("\\*", i)) {
                    path.append(Pattern.quote("*"));
                    i++;
                } else {
                    path.append(segment.charAt(i) == '*' ? "[^/]*" : Pattern.quote(segment.substring(i, i + 1)));
                }
            }
        }
        String whole = path.isEmpty() && !rule.more() ? "/" : rule.more() ? path + "(/.*)?" : path.toString();
        return Pattern.compile(whole, Pattern.DOTALL).matcher(request.path()).matches();
    }
}
