/**
 * Runs: their directories, the monitor that turns attempts into decisions and events, and control from another terminal.
 *
 * <p>Lives here: state on disk, causes, the control socket and its client. May not live here: the kernel, bytes of the network, printing for people.
 */
@NullMarked
package dev.pawl.server;

import org.jspecify.annotations.NullMarked;
