/**
 * The spend guard: recognises requests that cost money, and has the policy decide them before anything of them goes on.
 *
 * <p>Lives here: the catalogue of such calls as data, the reading of a request against it, prices.
 *
 * <p>May not live here: whether a call may go on (policy), how a person is asked (server).
 */
@NullMarked
package dev.pawl.gateway.spend;

import org.jspecify.annotations.NullMarked;
