package dev.pawl.gateway.spend;

import java.util.Locale;

/** What a call does to the bill. */
enum Change {
    /** Something runs or is kept that did not before. */
    PROVISION,
    /** There is more of it, or larger ones. */
    SCALE,
    /** Something is bought or paid. */
    PURCHASE,
    /** A better tier, or another way of being billed. */
    UPGRADE,
    /** More may be used from now on. */
    QUOTA,
    /** Nobody here knows what it does, at a place where calls cost money. */
    UNKNOWN,
    /** Nothing: the call is known to be free. */
    FREE;

    /** As written in events and in the catalogue. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
