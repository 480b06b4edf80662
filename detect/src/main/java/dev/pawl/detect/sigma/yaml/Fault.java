package dev.pawl.detect.sigma.yaml;

/** Ends the reading of one document; whoever reads turns it into a {@link Problem}. */
public final class Fault extends RuntimeException {
    private final transient Problem problem;

    public Fault(Place place, String reason) {
        super(reason, null, false, false);
        this.problem = new Problem(place, reason);
    }

    public Problem problem() {
        return problem;
    }
}
