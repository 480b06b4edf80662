package dev.pawl.gateway.leak.scan;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One kind of secret.
 *
 * @param kind as findings name it
 * @param anchors texts one of which every secret of the kind begins with, or holds; at least two bytes each
 * @param home see {@link Marker#home}
 */
record Rule(String kind, List<byte[]> anchors, Check check, Optional<String> home) {
    /** With anchors of ASCII. */
    static Rule of(String kind, Check check, String... anchors) {
        return new Rule(
                kind,
                List.of(anchors).stream()
                        .map(anchor -> anchor.getBytes(StandardCharsets.ISO_8859_1))
                        .toList(),
                check,
                Optional.empty());
    }
}
