/** Tests of the record, and the odd events they share. */
@NullMarked
package dev.pawl.ledger;

import org.jspecify.annotations.NullMarked;
