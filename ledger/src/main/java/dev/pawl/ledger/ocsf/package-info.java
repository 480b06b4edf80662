/**
 * Lives here: events in the words of OCSF 1.9, for whoever collects from many sources. May not live here: where they are sent,
 * and anything the record itself is made of.
 */
@NullMarked
package dev.pawl.ledger.ocsf;

import org.jspecify.annotations.NullMarked;
