/**
 * The certificate authority of one run and the certificates it gives out.
 *
 * <p>Lives here: keys, certificates, server contexts made of them, what an agent has to trust. May not live here:
 * connections, decisions, files.
 */
@NullMarked
package dev.pawl.gateway.tls;

import org.jspecify.annotations.NullMarked;
