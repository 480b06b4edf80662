/**
 * The record: events as entries of one log, appended so that none that was acknowledged is lost.
 *
 * <p>Lives here: encoding, appending and reading events. May not live here: deciding, detecting, printing for people.
 */
@NullMarked
package dev.pawl.ledger;

import org.jspecify.annotations.NullMarked;
