/**
 * Secrets that an agent may use and never holds.
 *
 * <p>Lives here: the stand-ins an agent gets, and putting the real values into requests of the one grant each is for. May
 * not live here: where values are read from, TLS, and the search for secrets in bodies and names.
 */
@NullMarked
package dev.pawl.gateway.credentials;

import org.jspecify.annotations.NullMarked;
