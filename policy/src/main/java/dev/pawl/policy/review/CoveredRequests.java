package dev.pawl.policy.review;

import dev.pawl.core.HostGrant;
import dev.pawl.core.Inspection;
import dev.pawl.core.RequestRule;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.DefaultGrants;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds rules for requests that change nothing: others of their grant cover them, so they add nothing or never ask. */
final class CoveredRequests {
    private static final List<String> BODILESS = List.of("GET", "HEAD");

    private CoveredRequests() {}

    static List<Warning> in(Side side) {
        List<Warning> warnings = new ArrayList<>();
        side.charter().network().allow().stream()
                .filter(grant -> !grant.id().startsWith(DefaultGrants.PREFIX))
                .forEach(grant -> grant.inspection().ifPresent(inspection -> look(grant, inspection, warnings)));
        return warnings;
    }

    private static void look(HostGrant grant, Inspection inspection, List<Warning> warnings) {
        List<RequestRule> all = inspection.requests();
        for (RequestRule rule : all) {
            Predicate<RequestRule> free = other -> other.ask().isEmpty();
            Predicate<RequestRule> alike = free.or(other -> other.ask().equals(rule.ask()));
            if (rule.ask().isPresent() && covered(rule, all, free)) {
                warnings.add(new Warning(
                        rule.id(),
                        "\"" + CharterText.text(rule) + "\" never asks: other requests of the grant cover it unasked"));
            } else if (covered(rule, all, alike)) {
                warnings.add(new Warning(
                        rule.id(),
                        "\"" + CharterText.text(rule) + "\" adds nothing: other requests of the grant cover it"));
            }
        }
        boolean bodiless = !all.isEmpty() && all.stream().allMatch(rule -> BODILESS.contains(rule.method()));
        if (bodiless && inspection.upload().isPresent()) {
            warnings.add(new Warning(
                    grant.id() + ".upload", "limits bodies, and only GET and HEAD are granted, which have none"));
        }
    }

    private static boolean covered(RequestRule rule, List<RequestRule> all, Predicate<RequestRule> counts) {
        List<RequestRule> others = all.stream()
                .filter(counts)
                .filter(other -> !other.id().equals(rule.id()))
                .toList();
        return RequestDifference.of(List.of(rule), others) instanceof RequestDifference.Result.Nothing;
    }
}
