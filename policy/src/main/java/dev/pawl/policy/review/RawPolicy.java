package dev.pawl.policy.review;

import dev.pawl.policy.PolicyFile;
import dev.pawl.policy.cedar.CedarException;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Policies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy somebody wrote in Cedar.
 *
 * @param area where it is written, whatever directory that lies in: {@code policies/site.cedar}, or a boundary
 * @param name its {@code @id}, else its number in its area
 */
record RawPolicy(String area, String name, CedarPolicy policy) {
    /** Those a charter brings: in files beside it and in its boundaries. */
    static List<RawPolicy> of(Side side) {
        List<RawPolicy> all = new ArrayList<>();
        side.bundle().policies().forEach(file -> parse("policies/" + lastName(file.source()), file, all));
        side.bundle()
                .boundaries()
                .forEach(boundary -> parse(
                        "boundaries." + boundary.id() + ".cedar",
                        new PolicyFile(boundary.id(), boundary.forbidden().cedar()),
                        all));
        return List.copyOf(all);
    }

    private static void parse(String area, PolicyFile file, List<RawPolicy> into) {
        try {
            int number = 0;
            for (CedarPolicy policy : Policies.parse(file.source(), file.text())) {
                String given = policy.annotations().get("id");
                into.add(new RawPolicy(area, given == null ? area + "[" + number + "]" : given, policy));
                number++;
            }
        } catch (CedarException e) {
            throw new IllegalArgumentException("the engine has read this: " + e, e);
        }
    }

    private static String lastName(String source) {
        return source.substring(source.lastIndexOf('/') + 1);
    }

    /** Whether both say the same; what a policy is called and why it stands there is no part of that. */
    boolean means(RawPolicy other) {
        return policy.effect() == other.policy.effect()
                && policy.scope().equals(other.policy.scope())
                && policy.conditions().equals(other.policy.conditions())
                && protocol().equals(other.protocol());
    }

    boolean called(RawPolicy other) {
        return name.equals(other.name) && policy.effect() == other.policy.effect();
    }

    Optional<String> protocol() {
        return Optional.ofNullable(policy.annotations().get("protocol"));
    }

    /** On one line, without annotations but the protocol. */
    String text() {
        Map<String, String> annotations = new LinkedHashMap<>();
        protocol().ifPresent(protocol -> annotations.put("protocol", protocol));
        CedarPolicy bare = new CedarPolicy(
                policy.id(), policy.effect(), annotations, policy.scope(), policy.conditions(), policy.source(), 1);
        return bare.text().replaceAll("\\s*\\n\\s*", " ");
    }
}
