package dev.pawl.server.money;

/** What came of a need. */
sealed interface Outcome permits Slip, Shortage {}
