package dev.pawl.policy.engine;

import dev.pawl.core.Protocol;
import dev.pawl.policy.cedar.CedarException;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Policies;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** From a policy with annotations to a rule. */
final class Rules {
    static final Map<String, Protocol> PROTOCOLS =
            Arrays.stream(Protocol.values()).collect(Collectors.toUnmodifiableMap(Protocol::text, each -> each));

    /** The annotation of a permission under which a person is asked; its value says why she should look. */
    static final String ASK = "ask";

    private Rules() {}

    /** The rule of a policy whose annotations are complete. */
    static Rule of(CedarPolicy policy) {
        Map<String, String> annotations = policy.annotations();
        return new Rule(
                policy.id(),
                Optional.ofNullable(annotations.get("boundary")),
                annotations.getOrDefault("because", ""),
                Optional.ofNullable(annotations.get("protocol")).map(PROTOCOLS::get),
                Optional.ofNullable(annotations.get(ASK)),
                policy);
    }

    /** The rule of a text that this package wrote. */
    static Rule of(String text) {
        try {
            List<CedarPolicy> policies = Policies.parse("", text);
            CedarPolicy policy = policies.getFirst();
            return of(policy.withId(policy.annotations().getOrDefault("id", policy.id())));
        } catch (CedarException e) {
            throw new IllegalStateException("a rule of a charter is no Cedar: " + e.text() + "\n" + text, e);
        }
    }
}
