/**
 * Finds what must not leave in a stream of bytes, in pieces of any size and in bounded memory.
 *
 * <p>Lives here: the automaton over the beginnings of all secrets, what a secret of each kind looks like, literals and
 * files that were marked, fingerprints. May not live here: Netty, HTTP, codings of bodies, what is done about a finding.
 */
@NullMarked
package dev.pawl.gateway.leak.scan;

import org.jspecify.annotations.NullMarked;
