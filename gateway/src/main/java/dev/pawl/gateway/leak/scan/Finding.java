package dev.pawl.gateway.leak.scan;

import java.util.Optional;

/**
 * Something that must not leave. Never holds the text.
 *
 * @param kind such as {@code private-key}, a fixed word of this package or the kind of a marker
 * @param start position in the stream of its first byte
 * @param fingerprint the same for the same text in one run, and of no use to whoever does not have the run's key
 * @param home see {@link Marker#home}
 */
public record Finding(String kind, long start, long fingerprint, Optional<String> home) {}
