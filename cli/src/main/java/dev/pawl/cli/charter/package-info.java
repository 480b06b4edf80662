/**
 * Looking at charters without running anything.
 *
 * <p>Lives here: {@code pawl charter check}, {@code show} and {@code diff}, and how they print. May not live here: what
 * a charter means, which is policy's; the agent.
 */
@NullMarked
package dev.pawl.cli.charter;

import org.jspecify.annotations.NullMarked;
