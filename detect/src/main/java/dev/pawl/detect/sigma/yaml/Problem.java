package dev.pawl.detect.sigma.yaml;

/** What is wrong with a text and where; {@code reason} is one sentence for a person. */
public record Problem(Place place, String reason) {
    @Override
    public String toString() {
        return place + ": " + reason;
    }
}
