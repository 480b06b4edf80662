package dev.pawl.policy.cedar;

/** An evaluation error of the language: the policy that met it is skipped and reported. */
final class CannotEvaluate extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String why;

    CannotEvaluate(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }

    /** Errors are results here, not faults: what called what says nothing, and costs more than the evaluation. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
