package dev.pawl.gateway.spend;

import java.util.List;
import java.util.Locale;

/**
 * The hosts of one service, and how its calls are told apart.
 *
 * @param name as the catalogue's entries refer to it
 * @param provider whom money is paid to
 * @param hosts names; a star stands for any letters within a label, {@code **} for everything
 */
record Group(String name, String provider, Way way, Unknown unknown, List<String> hosts) {
    Group {
        hosts = List.copyOf(hosts);
    }

    /** Where the name of an operation stands. */
    enum Way {
        /** In a parameter Action, a field of the head, or a path of its own: AWS, Alibaba Cloud. */
        NAMED,
        /** The method and the path are the operation. */
        PATH,
        /** In a document of GraphQL. */
        GRAPHQL
    }

    /** What becomes of a call that no entry names. */
    enum Unknown {
        /** It counts as spending where it changes anything. */
        HOLD,
        /** It counts as spending where it is named by a verb that spends. */
        VERBS,
        /** It goes on. */
        PASS
    }

    /** Whether a lower-case host name is one of these. */
    boolean covers(String host) {
        String[] labels = host.split("\\.", -1);
        return hosts.stream().anyMatch(pattern -> pattern.equals("**") || covers(pattern.split("\\.", -1), labels));
    }

    /** Whether these are hosts of any name, so that paths alone tell. */
    boolean anywhere() {
        return hosts.contains("**");
    }

    /** Whether a name, or some name below the suffix of {@code *.suffix}, is one of these. */
    boolean meets(String pattern) {
        if (!pattern.startsWith("*.")) {
            return covers(pattern);
        }
        String[] suffix = pattern.substring(2).split("\\.", -1);
        return hosts.stream().anyMatch(host -> {
            String[] labels = host.split("\\.", -1);
            if (labels.length <= suffix.length) {
                return false;
            }
            for (int i = 1; i <= suffix.length; i++) {
                String mine = labels[labels.length - i];
                if (!Glob.fits(mine, suffix[suffix.length - i])) {
                    return false;
                }
            }
            return true;
        });
    }

    private static boolean covers(String[] pattern, String[] labels) {
        if (pattern.length != labels.length) {
            return false;
        }
        for (int i = 0; i < labels.length; i++) {
            if (!Glob.fits(pattern[i], labels[i])) {
                return false;
            }
        }
        return true;
    }

    static <T extends Enum<T>> T word(Class<T> words, String text) {
        return Enum.valueOf(words, text.toUpperCase(Locale.ROOT));
    }
}
