package dev.pawl.policy.review;

/**
 * One thing that differs between two policies.
 *
 * @param sign what it means
 * @param area the part of a charter, for example {@code network.allow}
 * @param from what stood there, or {@code none}
 * @param to what stands there now, or {@code none}
 * @param because one clause that says why it has this sign, with an example where there is one
 */
public record Change(Sign sign, String area, String from, String to, String because) {
    /** All of it on one line. */
    public String text() {
        return sign.text() + ": " + area + ": " + from + " -> " + to + " (" + because + ")";
    }
}
