/** Tests of what flows are recognised as. */
@NullMarked
package dev.pawl.gateway.identify;

import org.jspecify.annotations.NullMarked;
