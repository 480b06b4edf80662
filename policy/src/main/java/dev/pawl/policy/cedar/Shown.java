package dev.pawl.policy.cedar;

/** Text of others in messages: quoted, and cut where it is long. */
final class Shown {
    private static final int LONG = 60;

    private Shown() {}

    static String shorten(String text) {
        return text.length() <= LONG ? Quotes.quote(text) : Quotes.quote(text.substring(0, LONG)) + "...";
    }
}
