/** Tests of the server for this machine's programs, over real sockets. */
@NullMarked
package dev.pawl.gateway.serve;

import org.jspecify.annotations.NullMarked;
