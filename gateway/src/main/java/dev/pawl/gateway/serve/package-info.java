/**
 * HTTP served to programs of this machine: on loopback or a unix socket, to whoever has the token.
 *
 * <p>Lives here: sockets, limits, the token. May not live here: what is served, and anything an agent's run reaches.
 */
@NullMarked
package dev.pawl.gateway.serve;

import org.jspecify.annotations.NullMarked;
