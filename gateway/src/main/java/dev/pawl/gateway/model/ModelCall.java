package dev.pawl.gateway.model;

/**
 * What a request asks of a model.
 *
 * @param model empty where the request names none that could be read
 * @param limit tokens it allows in all answers together, 0 where it does not say
 * @param bytes of the request
 */
public record ModelCall(Wire wire, String model, long limit, long bytes) {
    /** Most providers count one token for 3 to 4 bytes of English, and hardly ever more than one for each byte. */
    private static final int BYTES_A_TOKEN = 2;

    /** Tokens of input that are reserved until the provider has counted: more than it will count of text. */
    public long inputEstimate() {
        return bytes / BYTES_A_TOKEN + 1;
    }

    /** Tokens of output that are reserved at first, at most {@code most}. */
    public long outputEstimate(long most) {
        return limit == 0 ? most : Math.min(limit, most);
    }
}
