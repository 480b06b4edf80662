package dev.pawl.detect.sigma.logic;

import java.util.ArrayList;
import java.util.List;

/** A whole value fits a pattern. {@code parts} are {@link Part#normal}. */
public record Glob(List<Part> parts, boolean cased) implements Check {
    public Glob {
        parts = List.copyOf(parts);
    }

    /** Compiles the pattern. */
    public GlobMatcher matcher() {
        return new GlobMatcher(this);
    }

    /** The same pattern found anywhere. */
    Glob anywhere() {
        List<Part> loose = new ArrayList<>(parts);
        loose.addFirst(Part.Wild.RUN);
        loose.addLast(Part.Wild.RUN);
        return new Glob(Part.normal(loose), cased);
    }
}
