/**
 * Live-fire rehearsals: a scripted model, rogue acts and the listeners they need.
 *
 * <p>Lives here: nothing but the packages below. May not live here: anything the product needs when no drill runs.
 */
@NullMarked
package dev.pawl.drill;

import org.jspecify.annotations.NullMarked;
