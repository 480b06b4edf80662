package dev.pawl.detect.sigma.rule;

import java.util.List;

/** What stands under a search identifier: a map is {@link AllOf}, a list is {@link AnyOf}, a line of a map is {@link One}. */
public sealed interface Search {
    /** Each of them must hold. */
    record AllOf(List<Search> parts) implements Search {
        public AllOf {
            parts = List.copyOf(parts);
        }
    }

    /** One of them must hold. */
    record AnyOf(List<Search> parts) implements Search {
        public AnyOf {
            parts = List.copyOf(parts);
        }
    }

    /** A field and its values, or keywords. */
    record One(Item item) implements Search {}
}
