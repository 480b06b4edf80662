package dev.pawl.detect.sigma.yaml;

/** Where something stands: the name of its text, line and column from 1. */
public record Place(String file, int line, int column) {
    /** The beginning of a text. */
    public static Place start(String file) {
        return new Place(file, 1, 1);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
