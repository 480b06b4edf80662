/**
 * The Cedar policy language: parsed once, compiled once, evaluated without JSON and without native code.
 *
 * <p>Lives here: the parser, the syntax tree and its text, values, entities, the evaluator, slicing, and the limits on
 * hostile policies. May not live here: charters, attempts, files, or any other package of Pawl; only the JDK and
 * annotations are used.
 */
@NullMarked
package dev.pawl.policy.cedar;

import org.jspecify.annotations.NullMarked;
