/**
 * Fuzzing of what reads HTTP.
 *
 * <p>Lives here: what the fuzzer calls. May not live here: anything that ships.
 */
@NullMarked
package dev.pawl.gateway.inspect;

import org.jspecify.annotations.NullMarked;
