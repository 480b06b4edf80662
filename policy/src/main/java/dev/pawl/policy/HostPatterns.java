package dev.pawl.policy;

import java.util.List;
import java.util.Optional;

/** Names and {@code *.suffix} compared with each other. */
public final class HostPatterns {
    private HostPatterns() {}

    /** Whether {@code narrow}, or every name it means, is among those that {@code wide} means. */
    public static boolean within(String narrow, List<String> wide) {
        return wide.stream().anyMatch(pattern -> covers(pattern, narrow));
    }

    /** The name in the form grants have it: lower case, A-labels, no trailing dot; empty where no grant can hold it. */
    public static Optional<String> canonical(String name) {
        try {
            return Optional.of(HostNames.canonical(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean covers(String wide, String narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        String name = narrow.startsWith("*.") ? narrow.substring(1) : narrow;
        return wide.startsWith("*.") && name.length() > wide.length() - 1 && name.endsWith(wide.substring(1));
    }
}
