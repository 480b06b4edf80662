package dev.pawl.cli.run;

import dev.pawl.gateway.leak.scan.Marker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a run's decoys is looked for in all that leaves: the parts that are random, and so stand nowhere else. */
final class DecoyMarkers {
    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9+/_-]{20,200}");
    private static final int MOST = 64;

    private DecoyMarkers() {}

    /** For decoys as path and content. */
    static List<Marker> of(Map<String, String> decoys) {
        List<Marker> markers = new ArrayList<>();
        for (String content : decoys.values()) {
            Matcher matcher = RANDOM.matcher(content);
            while (matcher.find() && markers.size() < MOST) {
                if (random(matcher.group())) {
                    markers.add(new Marker("decoy", matcher.group(), Optional.empty()));
                }
            }
        }
        return markers;
    }

    /** Names of settings are of one case and without digits. */
    private static boolean random(String text) {
        boolean digit = text.chars().anyMatch(Character::isDigit);
        boolean lower = text.chars().anyMatch(Character::isLowerCase);
        boolean upper = text.chars().anyMatch(Character::isUpperCase);
        return (digit && (lower || upper)) || (lower && upper);
    }
}
