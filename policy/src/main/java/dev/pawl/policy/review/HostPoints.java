package dev.pawl.policy.review;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Names that stand for all names, given what rules speak of. */
final class HostPoints {
    private HostPoints() {}

    /**
     * Each name mentioned, one name below each suffix that no narrower pattern covers, and one that nothing covers.
     *
     * @param patterns names, and {@code *.suffix} for all names below one
     */
    static Set<String> of(Collection<String> patterns) {
        Set<String> points = new LinkedHashSet<>();
        for (String pattern : patterns) {
            if (pattern.startsWith("*.")) {
                points.add(below(pattern.substring(2), patterns));
                points.add(pattern.substring(2));
            } else {
                points.add(pattern);
            }
        }
        points.add(below("", patterns));
        return points;
    }

    /** A name directly below {@code suffix} that is neither mentioned nor above something mentioned. */
    static String below(String suffix, Collection<String> patterns) {
        Set<String> labels = new HashSet<>();
        for (String pattern : patterns) {
            String name = pattern.startsWith("*.") ? pattern.substring(2) : pattern;
            boolean inside = suffix.isEmpty() || name.endsWith("." + suffix);
            if (inside) {
                String rest = suffix.isEmpty() ? name : name.substring(0, name.length() - suffix.length() - 1);
                labels.add(rest.substring(rest.lastIndexOf('.') + 1));
            }
        }
        String label = "any";
        for (int i = 2; labels.contains(label); i++) {
            label = "any" + i;
        }
        return suffix.isEmpty() ? label : label + "." + suffix;
    }
}
