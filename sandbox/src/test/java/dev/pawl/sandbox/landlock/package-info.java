/** Tests of this package. */
@NullMarked
package dev.pawl.sandbox.landlock;

import org.jspecify.annotations.NullMarked;
