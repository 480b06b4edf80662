/** Tests of the Sigma engine, and the slow interpreter it must agree with. */
@NullMarked
package dev.pawl.detect.sigma;

import org.jspecify.annotations.NullMarked;
