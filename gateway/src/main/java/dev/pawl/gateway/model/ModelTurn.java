package dev.pawl.gateway.model;

import java.util.List;
import java.util.Optional;

/**
 * What a model answered, as far as it was seen.
 *
 * @param model as the answer names it, or the request where it does not
 * @param usage empty where the provider did not say, or it could not be read
 * @param calls in the order in which the model made them
 * @param finished whether the answer came to its end
 */
public record ModelTurn(Wire wire, String model, Optional<Usage> usage, List<ToolCall> calls, boolean finished) {
    public ModelTurn {
        calls = List.copyOf(calls);
    }
}
