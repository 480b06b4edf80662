/**
 * Processing pipelines as pySigma users write them.
 *
 * <p>Lives here: reading a pipeline, and what it does to a rule. May not live here: what a value means, matching.
 */
@NullMarked
package dev.pawl.detect.sigma.pipeline;

import org.jspecify.annotations.NullMarked;
