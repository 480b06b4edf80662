package dev.pawl.policy.review;

import dev.pawl.policy.PolicyFile;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.engine.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy that a charter brings in Cedar, in a file beside it or in one of its boundaries.
 *
 * @param area where it is written, whatever directory that lies in: {@code policies/site.cedar}, or a boundary
 * @param name its {@code @id}, else its number in its area
 * @param rule what the engine made of it
 */
record RawPolicy(String area, String name, Rule rule) {
    static List<RawPolicy> of(Side side) {
        Map<String, String> areas = new LinkedHashMap<>();
        for (PolicyFile file : side.bundle().policies()) {
            areas.put(
                    file.source(),
                    "policies/" + file.source().substring(file.source().lastIndexOf('/') + 1));
        }
        side.boundaries()
                .forEach(boundary -> areas.put("boundary " + boundary.id(), "boundaries." + boundary.id() + ".cedar"));
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<RawPolicy> all = new ArrayList<>();
        for (Rule rule : side.engine().rules()) {
            String area = areas.get(rule.policy().source());
            if (area != null) {
                int number = counts.merge(area, 1, Integer::sum) - 1;
                boolean numbered = rule.id().endsWith(":" + number) || rule.id().endsWith(".cedar[" + number + "]");
                all.add(new RawPolicy(area, numbered ? area + "[" + number + "]" : rule.id(), rule));
            }
        }
        return List.copyOf(all);
    }

    CedarPolicy policy() {
        return rule.policy();
    }

    /** Whether both say the same; what a policy is called and why it stands there is no part of that. */
    boolean means(RawPolicy other) {
        return policy().effect() == other.policy().effect()
                && policy().scope().equals(other.policy().scope())
                && policy().conditions().equals(other.policy().conditions())
                && rule.protocol().equals(other.rule.protocol())
                && rule.ask().isPresent() == other.rule.ask().isPresent();
    }

    boolean called(RawPolicy other) {
        return name.equals(other.name) && policy().effect() == other.policy().effect();
    }

    /** On one line, without annotations but those of which something depends. */
    String text() {
        Map<String, String> annotations = new LinkedHashMap<>();
        Optional.ofNullable(policy().annotations().get("protocol"))
                .ifPresent(protocol -> annotations.put("protocol", protocol));
        rule.ask().ifPresent(reason -> annotations.put("ask", reason));
        CedarPolicy bare = new CedarPolicy(
                rule.id(), policy().effect(), annotations, policy().scope(), policy().conditions(), "", 1);
        return bare.text().replaceAll("\\s*\\n\\s*", " ");
    }
}
