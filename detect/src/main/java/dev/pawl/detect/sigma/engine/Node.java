package dev.pawl.detect.sigma.engine;

import java.util.List;

/** An expression with numbers for its leaves. */
sealed interface Node {
    record Every(List<Node> parts) implements Node {}

    record Some(List<Node> parts) implements Node {}

    record None(Node part) implements Node {}

    record Atom(int number) implements Node {}
}
