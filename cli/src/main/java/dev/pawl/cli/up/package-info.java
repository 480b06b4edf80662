/**
 * The server that holds runs on behalf of {@code pawl run} commands, and what those say to it.
 *
 * <p>It saves the start of a JVM and of an init, nothing else: every run is made by the same code as without it. May not
 * live here: anything a run would do differently because there is a server.
 */
@NullMarked
package dev.pawl.cli.up;

import org.jspecify.annotations.NullMarked;
