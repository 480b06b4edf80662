/**
 * Which tool call of a model made a program start, told by what the call said and what the program was started with.
 *
 * <p>Lives here: texts of tool calls, and comparing them with command lines and scripts. May not live here: processes and
 * their ancestors, events, I/O. What does not fit one call clearly is not linked: a chain says what is known.
 */
@NullMarked
package dev.pawl.server.calls;

import org.jspecify.annotations.NullMarked;
