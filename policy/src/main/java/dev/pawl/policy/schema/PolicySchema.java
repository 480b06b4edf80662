package dev.pawl.policy.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds policies against the schema. Cedar's own validator does it, through native code, half a second the first time.
 * For one thread at a time.
 */
public final class PolicySchema {
    private static final String RESOURCE = "pawl.cedarschema";

    private final BasicAuthorizationEngine engine;
    private final Schema schema;

    private PolicySchema(BasicAuthorizationEngine engine, Schema schema) {
        this.engine = engine;
        this.schema = schema;
    }

    /**
     * Loads the validator.
     *
     * @throws IOException if its native library cannot be unpacked
     * @throws LinkageError if cedar-java is not on the class path, or this machine cannot run its native library
     */
    public static PolicySchema open() throws IOException {
        NativeLibrary.load();
        return new PolicySchema(new BasicAuthorizationEngine(), new Schema(text()));
    }

    /** The schema in Cedar's schema language. */
    public static String text() throws IOException {
        try (InputStream in = PolicySchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("the schema is missing from this installation");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /**
     * What is wrong with these policies, in their order.
     *
     * @throws IOException if the validator gave no verdict, which is none in the policies' favour
     */
    public SchemaReport check(List<PolicyText> policies) throws IOException {
        Findings findings = new Findings(policies);
        ValidationResponse together = validate(policies);
        if (together.success.isPresent()) {
            findings.add(together.success.get());
        } else {
            // One that does not parse hides the others.
            for (PolicyText policy : policies) {
                ValidationResponse alone = validate(List.of(policy));
                alone.success.ifPresent(findings::add);
                if (alone.success.isEmpty()) {
                    findings.addUnparsed(policy, reasons(alone));
                }
            }
            if (findings.report().errors().isEmpty()) {
                throw new IOException("the validator refused the policies together: " + reasons(together));
            }
        }
        return findings.report();
    }

    private ValidationResponse validate(List<PolicyText> policies) throws IOException {
        Set<Policy> set = new LinkedHashSet<>();
        policies.forEach(policy -> set.add(new Policy(policy.text(), policy.id())));
        try {
            return engine.validate(new ValidationRequest(schema, new PolicySet(set)));
        } catch (AuthException e) {
            throw new IOException("the validator failed: " + e.getMessage(), e);
        }
    }

    private static List<DetailedError> reasons(ValidationResponse response) {
        List<DetailedError> reasons = new ArrayList<>();
        response.errors.ifPresent(reasons::addAll);
        return reasons;
    }
}
