/**
 * The policy of a charter for programs that Pawl does not hold: evaluations of OpenID's AuthZEN Authorization API 1.0.
 *
 * <p>Lives here: what an evaluation means as an attempt, and its answer as JSON. May not live here: sockets and HTTP.
 */
@NullMarked
package dev.pawl.server.authzen;

import org.jspecify.annotations.NullMarked;
