package dev.pawl.policy.schema;

import dev.pawl.core.Boundary;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.PolicyFile;
import dev.pawl.policy.YamlPlaces;
import dev.pawl.policy.engine.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All rules of a bundle as texts with places: what somebody wrote as it stands in the file, what was made of a charter
 * as it was made. For one bundle.
 */
public final class BundleTexts {
    private final Map<String, List<Rule>> written = new LinkedHashMap<>();
    private final List<PolicyText> texts = new ArrayList<>();

    private BundleTexts() {}

    /**
     * In the order of the rules.
     *
     * @param rules the engine's
     * @param charter the text of the charter's file, empty if it has none
     * @param organization the text of the organisation file, empty if there is none
     */
    public static List<PolicyText> of(PolicyBundle bundle, List<Rule> rules, String charter, String organization) {
        BundleTexts all = new BundleTexts();
        for (Rule rule : rules) {
            String source = rule.policy().source();
            if (source.isEmpty()) {
                all.texts.add(made(bundle.charter().source(), rule));
            } else {
                all.written.computeIfAbsent(source, _ -> new ArrayList<>()).add(rule);
            }
        }
        Stream.of(bundle.policies(), bundle.organization().policies())
                .flatMap(List::stream)
                .forEach(all::file);
        all.boundaries(
                bundle.charter().boundaries(), "boundaries", bundle.charter().source(), charter);
        all.boundaries(
                bundle.organization().boundaries(),
                "boundaries.add",
                bundle.organization().source(),
                organization);
        // What is left are the standard boundaries' own.
        all.written.forEach((source, left) -> left.forEach(rule -> all.texts.add(made(source, rule))));
        return List.copyOf(all.texts);
    }

    private static PolicyText made(String source, Rule rule) {
        return new PolicyText(
                rule.id(), source, 0, 0, Optional.empty(), rule.policy().text());
    }

    private void file(PolicyFile file) {
        add(file.source(), file.source(), new YamlPlaces.Place(1, 1, Optional.of(0)), file.text());
    }

    private void boundaries(List<Boundary> boundaries, String path, String source, String yaml) {
        for (int i = 0; i < boundaries.size(); i++) {
            Boundary boundary = boundaries.get(i);
            YamlPlaces.Place place = YamlPlaces.find(yaml, path + "[" + i + "].cedar")
                    .orElse(new YamlPlaces.Place(0, 0, Optional.empty()));
            add("boundary " + boundary.id(), source, place, boundary.forbidden().cedar());
        }
    }

    /** Pairs the rules that came of a text with its pieces; both are in the order of the text. */
    private void add(String key, String source, YamlPlaces.Place place, String text) {
        List<Rule> rules = Optional.ofNullable(written.remove(key)).orElse(List.of());
        List<PolicyTexts.Piece> pieces = rules.isEmpty() ? List.of() : PolicyTexts.of(text);
        if (pieces.size() != rules.size()) {
            throw new IllegalStateException(key + " has " + pieces.size() + " policies and " + rules.size() + " rules");
        }
        for (int i = 0; i < rules.size(); i++) {
            PolicyTexts.Piece piece = pieces.get(i);
            texts.add(
                    place.block().isEmpty()
                            ? new PolicyText(
                                    rules.get(i).id(),
                                    source,
                                    place.line(),
                                    place.column(),
                                    place.block(),
                                    piece.text())
                            : new PolicyText(
                                    rules.get(i).id(),
                                    source,
                                    place.line() + piece.line() - 1,
                                    place.block().get() + piece.column(),
                                    place.block(),
                                    piece.text()));
        }
    }
}
