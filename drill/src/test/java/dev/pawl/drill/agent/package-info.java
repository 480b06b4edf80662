/** Tests that need the real agents are tagged {@code agents} and name what they leave out. */
@NullMarked
package dev.pawl.drill.agent;

import org.jspecify.annotations.NullMarked;
