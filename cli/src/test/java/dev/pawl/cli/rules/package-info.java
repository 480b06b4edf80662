/** Tests of the commands about rules. */
@NullMarked
package dev.pawl.cli.rules;

import org.jspecify.annotations.NullMarked;
