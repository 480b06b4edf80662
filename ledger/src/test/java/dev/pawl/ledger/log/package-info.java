/** Tests of the store: faults at every step, edits at every place, several processes. */
@NullMarked
package dev.pawl.ledger.log;

import org.jspecify.annotations.NullMarked;
