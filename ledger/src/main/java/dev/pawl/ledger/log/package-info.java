/**
 * The store of the log: a journal that is appended to by several processes, and the tiles and checkpoints made from it.
 *
 * <p>Lives here: durability, locks between processes, signing. May not live here: what an entry says, checking a log for
 * somebody else (that is {@code dev.pawl.verify}).
 */
@NullMarked
package dev.pawl.ledger.log;

import org.jspecify.annotations.NullMarked;
