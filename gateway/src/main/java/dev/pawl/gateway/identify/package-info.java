/**
 * What a flow speaks, told by the first bytes of both directions.
 *
 * <p>Lives here: one recogniser a protocol, from its specification, and what puts their verdicts together. May not live
 * here: sockets, Netty, clocks, decisions about what may be spoken.
 */
@NullMarked
package dev.pawl.gateway.identify;

import org.jspecify.annotations.NullMarked;
