/**
 * Fuzzing of what puts secrets into requests.
 *
 * <p>Lives here: what the fuzzer calls. May not live here: anything that ships.
 */
@NullMarked
package dev.pawl.gateway.credentials;

import org.jspecify.annotations.NullMarked;
