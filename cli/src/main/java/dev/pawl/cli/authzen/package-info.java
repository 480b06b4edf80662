/**
 * {@code pawl authzen}: the policy of a charter for programs that Pawl does not hold.
 *
 * <p>Lives here: wiring of policy, record and the server on loopback or a socket. May not live here: what an evaluation
 * means, HTTP.
 */
@NullMarked
package dev.pawl.cli.authzen;

import org.jspecify.annotations.NullMarked;
