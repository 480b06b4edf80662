/**
 * All egress of a run: relay, DNS, real resolution and the refusal of addresses nobody granted.
 *
 * <p>Lives here: Netty and what flows through it. May not live here: processes, policy, files.
 */
@NullMarked
package dev.pawl.gateway;

import org.jspecify.annotations.NullMarked;
