/** Lives here: tests of the index. May not live here: tests of the record. */
@NullMarked
package dev.pawl.ledger.index;

import org.jspecify.annotations.NullMarked;
