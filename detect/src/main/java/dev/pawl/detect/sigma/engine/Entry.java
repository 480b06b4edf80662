package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.logic.Expression;
import dev.pawl.detect.sigma.rule.Header;
import dev.pawl.detect.sigma.rule.LogSource;

/** A rule ready to be indexed. */
public record Entry(Header header, LogSource source, Expression expression) {}
