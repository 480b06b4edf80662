/**
 * Holds an agent's processes: the bubblewrap plan, seccomp notification, limits, freeze and kill.
 *
 * <p>Lives here: all use of java.lang.foreign and everything that asks the kernel. May not live here: deciding (a Monitor does), relaying bytes (the gateway does).
 */
@NullMarked
package dev.pawl.sandbox;

import org.jspecify.annotations.NullMarked;
