package dev.pawl.gateway.identify;

/** What a {@link JsonReader} tells of the values it reads, in order. */
interface JsonEvents {
    /** An object or an array begins. */
    void begin(boolean object);

    /** It ends. */
    void end();

    /** The name of the member whose value comes next, unescaped and bounded. */
    void name(String text);

    /** A string, unescaped and bounded. */
    void string(String text);

    /** A number, true, false or null, as written and bounded. */
    void word(String text);

    /** What was told since the last value at the top was no JSON: it is to be forgotten. */
    void broken();
}
