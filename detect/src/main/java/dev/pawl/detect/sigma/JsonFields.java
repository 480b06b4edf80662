package dev.pawl.detect.sigma;

import dev.pawl.detect.sigma.engine.LogEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes flat fields of a parsed JSON object: maps, lists, text, numbers, booleans, null. A map inside gives names joined
 * by dots, a list several values. A record of the Windows event log ({@code Event} with {@code System} and {@code
 * EventData}) gives the names the specification asks for: {@code Provider_Name}, {@code EventID}, and those of the data.
 */
public final class JsonFields {
    private static final int MAX_DEPTH = 20;
    private static final String ATTRIBUTES = "#attributes";

    private JsonFields() {}

    /**
     * Adds the fields of an object to an event.
     *
     * @throws IllegalArgumentException if it is nested too deeply or larger than an event may be
     */
    public static LogEvent.Builder add(LogEvent.Builder event, Map<?, ?> object) {
        if (object.get("Event") instanceof Map<?, ?> record && record.get("System") instanceof Map<?, ?> system) {
            windows(event, "", system, 0);
            if (record.get("EventData") instanceof Map<?, ?> data) {
                windows(event, "", data, 0);
            }
            if (record.get("UserData") instanceof Map<?, ?> data) {
                for (Object inner : data.values()) {
                    if (inner instanceof Map<?, ?> fields) {
                        windows(event, "", fields, 0);
                    }
                }
            }
        } else {
            fields(event, "", object, 0);
        }
        return event;
    }

    private static void fields(LogEvent.Builder event, String name, @Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("an event nested deeper than " + MAX_DEPTH);
        }
        switch (value) {
            case Map<?, ?> map ->
                map.forEach(
                        (key, inner) -> fields(event, name.isEmpty() ? key + "" : name + "." + key, inner, depth + 1));
            case List<?> list -> list.forEach(inner -> fields(event, name, inner, depth + 1));
            case null -> event.with(name, null);
            default -> event.with(name, value.toString());
        }
    }

    /** Attributes of an element are joined to its name by an underscore; its text stands for itself. */
    private static void windows(LogEvent.Builder event, String name, @Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("an event nested deeper than " + MAX_DEPTH);
        }
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, inner) -> {
                    // Names lose their spaces (specification, Field Usage 2).
                    String word = String.valueOf(key).replace(" ", "");
                    boolean nameless = key.equals(ATTRIBUTES) || key.equals("#text");
                    windows(event, nameless ? name : name.isEmpty() ? word : name + "_" + word, inner, depth + 1);
                });
            case List<?> list -> list.forEach(inner -> windows(event, name, inner, depth + 1));
            case null -> event.with(name, null);
            default -> event.with(name, value.toString());
        }
    }
}
