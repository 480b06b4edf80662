/**
 * The words every part of Pawl shares: charters, attempts, decisions, events, and the ports between rooms.
 *
 * <p>Lives here: records, sealed alternatives and interfaces that at least two modules need. May not live here: I/O,
 * parsing, threads, any library. Depends on nothing but annotations.
 */
@NullMarked
package dev.pawl.core;

import org.jspecify.annotations.NullMarked;
