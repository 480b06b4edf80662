package dev.pawl.server.authzen;

import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;

/** One evaluation as it was asked for, section 6.1 of the specification; of {@code context} nothing is used. */
record Tuple(Subject subject, Action action, Resource resource) {
    /** Characters of a type, a name or an identifier that is no resource's. */
    private static final int LONGEST_NAME = 256;

    /** Characters of a resource's identifier. */
    static final int LONGEST_ID = 8192;

    record Subject(String type, String id) {}

    record Action(String name, JsonObject properties) {}

    record Resource(String type, String id, JsonObject properties) {}

    /**
     * Reads the members of an object.
     *
     * @param defaults where a member is looked for that is missing, section 7.1.1
     * @throws JsonFault if one is missing or has the wrong type
     */
    static Tuple of(JsonObject object, JsonObject defaults) {
        JsonObject subject = member("subject", object, defaults);
        JsonObject action = member("action", object, defaults);
        JsonObject resource = member("resource", object, defaults);
        object.object("context");
        defaults.object("context");
        subject.object("properties");
        return new Tuple(
                new Subject(
                        text("subject", subject, "type", LONGEST_NAME), text("subject", subject, "id", LONGEST_NAME)),
                new Action(text("action", action, "name", LONGEST_NAME), properties(action)),
                new Resource(
                        text("resource", resource, "type", LONGEST_NAME),
                        text("resource", resource, "id", LONGEST_ID),
                        properties(resource)));
    }

    private static JsonObject member(String name, JsonObject object, JsonObject defaults) {
        return object.object(name)
                .or(() -> defaults.object(name))
                .orElseThrow(() -> new JsonFault(name + " is missing"));
    }

    private static JsonObject properties(JsonObject object) {
        return object.object("properties").orElse(JsonObject.EMPTY);
    }

    private static String text(String of, JsonObject object, String name, int longest) {
        String place = of + "." + name;
        String text = object.optionalText(name).orElseThrow(() -> new JsonFault(place + " is missing"));
        if (text.isEmpty() || text.length() > longest) {
            throw new JsonFault(place + " has to have 1 to " + longest + " characters");
        }
        return text;
    }
}
