/**
 * What passes between an agent and a model: which provider's protocol, which model, how many tokens, which tool calls.
 *
 * <p>Lives here: reading requests and answers of models, streamed or not, and what they cost. May not live here: sockets,
 * HTTP, decisions. Everything is bounded; what cannot be read is said to be unknown, never guessed.
 */
@NullMarked
package dev.pawl.gateway.model;

import org.jspecify.annotations.NullMarked;
