/**
 * How things look to a person: tables, times, events as text, the cause of an event as a tree, the summary of a run.
 *
 * <p>Lives here: pure functions from records to text. May not live here: files, sockets, options, exit codes. Text an
 * agent chose passes {@link dev.pawl.cli.view.Plain} before it is shown.
 */
@NullMarked
package dev.pawl.cli.view;

import org.jspecify.annotations.NullMarked;
