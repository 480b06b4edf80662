/** Tests of Pawl's mapping and of its rules. */
@NullMarked
package dev.pawl.detect;

import org.jspecify.annotations.NullMarked;
