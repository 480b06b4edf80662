/**
 * HTTP read between the agent and a server, with or without TLS.
 *
 * <p>Lives here: TLS ended on both sides, HTTP/1.1 and HTTP/2 parsed and written anew, the decision on each request, the
 * seam for whoever looks at requests ({@link dev.pawl.gateway.inspect.Outgoing}), answers that refuse. May not live here:
 * who dials and what a flow's opening and closing say (the gateway), certificates, credentials, what a leak looks like.
 */
@NullMarked
package dev.pawl.gateway.inspect;

import org.jspecify.annotations.NullMarked;
