package dev.pawl.policy.review;

import java.util.List;

/**
 * What a look at one policy found.
 *
 * @param errors what makes the policy other than its author says: a boundary that its own drill passes, a grant that
 *     keeps every run from starting
 * @param warnings what is odd
 * @param permissions what the agent may do
 */
public record CheckReport(List<Warning> errors, List<Warning> warnings, List<Permission> permissions) {
    public CheckReport {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        permissions = List.copyOf(permissions);
    }
}
