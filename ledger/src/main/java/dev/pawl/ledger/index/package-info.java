/**
 * Lives here: what finds events in a long record: the filter, and an index in SQLite that can be made anew from the record.
 *
 * <p>May not live here: anything that the record itself depends on. Nothing is proven by the index; what it finds is read
 * from the record.
 */
@NullMarked
package dev.pawl.ledger.index;

import org.jspecify.annotations.NullMarked;
