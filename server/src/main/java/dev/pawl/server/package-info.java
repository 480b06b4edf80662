/**
 * Runs: their directories, the monitor that turns attempts into decisions and events, and control from another terminal.
 *
 * <p>May not live here: the kernel, bytes of the network, printing for people.
 */
@NullMarked
package dev.pawl.server;

import org.jspecify.annotations.NullMarked;
