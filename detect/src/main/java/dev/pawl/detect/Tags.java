package dev.pawl.detect;

import dev.pawl.core.Body;
import dev.pawl.detect.sigma.rule.Header;
import dev.pawl.detect.sigma.rule.Level;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What tags and level of a rule mean to Pawl: {@code attack.t1572} and {@code atlas.aml.t0034} are techniques, {@code
 * boundary.no-covert-channels} is the boundary guarded.
 */
final class Tags {
    private static final String BOUNDARY = "boundary.";

    private Tags() {}

    static @Nullable String boundary(Header rule) {
        return rule.tags().stream()
                .filter(tag -> tag.startsWith(BOUNDARY))
                .map(tag -> tag.substring(BOUNDARY.length()))
                .findFirst()
                .orElse(null);
    }

    static List<String> techniques(Header rule) {
        return rule.tags().stream()
                .filter(tag -> tag.matches("attack\\.t[0-9.]+|atlas\\.aml\\.t[0-9.]+"))
                .map(tag -> tag.substring(tag.indexOf('.') + 1).toUpperCase(Locale.ROOT))
                .toList();
    }

    static Body.Severity severity(Header rule) {
        return switch (rule.level() == null ? Level.MEDIUM : rule.level()) {
            case INFORMATIONAL, LOW -> Body.Severity.OBSERVE;
            case MEDIUM -> Body.Severity.REVIEW;
            case HIGH, CRITICAL -> Body.Severity.ACT;
        };
    }
}
