/**
 * The ROME rehearsal: what a rogue coding agent did, as acts that work without Pawl, and the world they reach for.
 *
 * <p>Lives here: the network namespace in which documentation addresses are local, the listeners behind them, the acts
 * and their checks by effect. May not live here: anything that knows Pawl's sandbox; the same acts run bare and held.
 */
@NullMarked
package dev.pawl.drill.rome;

import org.jspecify.annotations.NullMarked;
