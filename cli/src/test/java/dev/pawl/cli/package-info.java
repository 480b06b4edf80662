/** Tests of commands, over real files and sockets and a run that obeys at once. */
@NullMarked
package dev.pawl.cli;

import org.jspecify.annotations.NullMarked;
