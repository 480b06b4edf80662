/** Tests of the run command's parts that need no sandbox. */
@NullMarked
package dev.pawl.cli.run;

import org.jspecify.annotations.NullMarked;
