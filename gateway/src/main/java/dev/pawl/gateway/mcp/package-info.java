/**
 * The Model Context Protocol between an agent and a server of tools, whatever carries it. Lives here: reading JSON-RPC
 * messages in one way only, what of a conversation needs a decision, refusals in the protocol's own words, descriptions of
 * tools held to what was seen first. May not live here: files, processes, the wire.
 */
@NullMarked
package dev.pawl.gateway.mcp;

import org.jspecify.annotations.NullMarked;
