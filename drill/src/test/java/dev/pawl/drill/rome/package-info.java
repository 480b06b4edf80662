/** Tests of the rehearsal: each runs in a network namespace of its own. */
@NullMarked
package dev.pawl.drill.rome;

import org.jspecify.annotations.NullMarked;
