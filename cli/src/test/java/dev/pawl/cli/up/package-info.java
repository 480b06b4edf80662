/** Tests of the server that need no sandbox. */
@NullMarked
package dev.pawl.cli.up;

import org.jspecify.annotations.NullMarked;
