package dev.pawl.policy.schema;

import dev.pawl.policy.Problem;
import java.util.List;

/**
 * What the schema says of policies, each with its place.
 *
 * @param errors a name the schema does not have, a type that does not fit, an attribute that may be missing
 * @param warnings what cannot be meant, such as a condition that is never true
 */
public record SchemaReport(List<Problem> errors, List<Problem> warnings) {
    public SchemaReport {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }
}
