package dev.pawl.detect.sigma.rule;

import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Tree;

/** Reads a search that stands elsewhere than in a rule. */
public final class Searches {
    private Searches() {}

    /**
     * Reads a map of fields or a list.
     *
     * @throws Fault if it is none
     */
    public static Search read(Tree tree) {
        return DetectionReader.search(tree);
    }
}
