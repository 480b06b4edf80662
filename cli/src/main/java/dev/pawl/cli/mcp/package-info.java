/**
 * {@code pawl mcp}: a server of tools behind a charter. Lives here: the run of such a server, its streams, the descriptions of
 * tools that are held. May not live here: what a message means (gateway.mcp).
 */
@NullMarked
package dev.pawl.cli.mcp;

import org.jspecify.annotations.NullMarked;
