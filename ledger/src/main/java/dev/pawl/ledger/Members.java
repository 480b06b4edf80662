package dev.pawl.ledger;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Takes the members of one JSON object: in the order given ({@link JsonOut}) or sorted ({@link CanonicalOut}). */
interface Members {
    /** A text member, or nothing for null. */
    Members text(String name, @Nullable String value);

    /** A list of texts. */
    Members texts(String name, List<String> values);

    /** A whole number. */
    Members number(String name, long value);

    /** A list of whole numbers. */
    Members longs(String name, List<Long> values);

    /** A number, or nothing for null. */
    Members decimal(String name, @Nullable Double value);

    /** True or false. */
    Members flag(String name, boolean value);

    /** A list of objects. */
    <T> Members list(String name, List<T> values, BiConsumer<Members, T> members);

    /** Opens an object member. */
    Members begin(String name);

    /** Closes the object opened last. */
    Members end();
}
