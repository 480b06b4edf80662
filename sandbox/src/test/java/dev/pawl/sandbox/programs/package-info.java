/** Tests of this package. */
@NullMarked
package dev.pawl.sandbox.programs;

import org.jspecify.annotations.NullMarked;
