/** Lives here: tests of witnesses. May not live here: tests of the record. */
@NullMarked
package dev.pawl.ledger.witness;

import org.jspecify.annotations.NullMarked;
