package dev.pawl.detect.sigma.rule;

import dev.pawl.detect.sigma.yaml.Place;

/** A value as written, before any modifier and before wildcards are looked at. */
public record Value(Kind kind, String text, Place place) {
    /** What YAML says it is. */
    public enum Kind {
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }
}
