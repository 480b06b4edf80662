/**
 * Commands, and the one place where the parts are wired together.
 *
 * <p>Lives here: what a person types, one class a command. May not live here: anything two commands would want to reuse outside a terminal.
 */
@NullMarked
package dev.pawl.cli;

import org.jspecify.annotations.NullMarked;
