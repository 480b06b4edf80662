/**
 * {@code pawl demo}: the ROME rehearsal with real processes, first without Pawl, then held, then the kill.
 *
 * <p>Lives here: the order of the rehearsal, the verdict on each act from effects and from the record, how it is shown.
 * May not live here: the acts and the world they reach for (module drill), and any way to hold a process: the held side
 * is what a person gets from {@code pawl run} and {@code pawl stop}.
 */
@NullMarked
package dev.pawl.cli.demo;

import org.jspecify.annotations.NullMarked;
