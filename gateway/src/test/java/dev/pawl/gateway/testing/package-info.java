/** Hand-written stand-ins for the neighbours of the gateway. May not hold tests. */
@NullMarked
package dev.pawl.gateway.testing;

import org.jspecify.annotations.NullMarked;
