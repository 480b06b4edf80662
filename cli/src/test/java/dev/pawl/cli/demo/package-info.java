/** Tests of the rehearsal: its verdicts from made-up records, and the whole of it, also where it must fail. */
@NullMarked
package dev.pawl.cli.demo;

import org.jspecify.annotations.NullMarked;
