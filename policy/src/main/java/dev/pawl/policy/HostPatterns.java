package dev.pawl.policy;

import java.util.List;

/** Names and {@code *.suffix} compared with each other. */
public final class HostPatterns {
    private HostPatterns() {}

    /** Whether {@code narrow}, or every name it means, is among those that {@code wide} means. */
    public static boolean within(String narrow, List<String> wide) {
        return wide.stream().anyMatch(pattern -> covers(pattern, narrow));
    }

    private static boolean covers(String wide, String narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        String name = narrow.startsWith("*.") ? narrow.substring(1) : narrow;
        return wide.startsWith("*.") && name.length() > wide.length() - 1 && name.endsWith(wide.substring(1));
    }
}
