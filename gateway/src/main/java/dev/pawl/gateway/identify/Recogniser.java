package dev.pawl.gateway.identify;

/** Knows one protocol. One instance serves one flow. */
interface Recogniser {
    /** Judges all that was seen; asked again after more came, until it says yes or no. Never throws. */
    Verdict judge(Seen seen);
}
