package dev.pawl.detect.sigma.rule;

/** One document of a rule file. */
public sealed interface Document permits Rule, Correlation, Filter {
    Header header();
}
