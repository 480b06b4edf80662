package dev.pawl.detect.sigma;

/** A text with rules and the name by which problems call it, most often its path. */
public record RuleText(String name, String text) {}
