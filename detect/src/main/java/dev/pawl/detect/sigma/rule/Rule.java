package dev.pawl.detect.sigma.rule;

/** A detection over single events. */
public record Rule(Header header, LogSource source, Detection detection) implements Document {}
