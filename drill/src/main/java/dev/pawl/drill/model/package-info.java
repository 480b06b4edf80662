/**
 * A language model that plays a script, so that real agents do known things without any provider.
 *
 * <p>Lives here: the HTTP server on loopback, and the three wire formats it speaks (OpenAI Responses, OpenAI Chat
 * Completions, Anthropic Messages), streamed or whole. May not live here: anything that knows which agent asks; the
 * tool to call is taken from the request alone.
 */
@NullMarked
package dev.pawl.drill.model;

import org.jspecify.annotations.NullMarked;
