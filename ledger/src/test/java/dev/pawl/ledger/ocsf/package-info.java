/** Lives here: the check of OCSF events against the schema. May not live here: tests of the record. */
@NullMarked
package dev.pawl.ledger.ocsf;

import org.jspecify.annotations.NullMarked;
