package dev.pawl.ledger.ocsf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of OCSF as its repository has it: classes and objects with what they inherit and include. Checks that members
 * are known, of their type and in their enumeration, that required ones are there, constraints, and that a member of a profile
 * stands only where the profile is named.
 */
final class OcsfSchema {
    private final JsonMapper mapper = new JsonMapper();
    private final Path root;
    private final JsonNode dictionary;
    private final Map<Integer, Definition> classes = new HashMap<>();
    private final Map<String, Definition> objects = new HashMap<>();
    private final Map<String, JsonNode> eventFiles = new HashMap<>();
    private final Map<String, JsonNode> objectFiles = new HashMap<>();

    private static final class Definition {
        final Map<String, JsonNode> attributes = new HashMap<>();
        final Map<String, String> profileOf = new HashMap<>();
        final Set<String> profiles = new HashSet<>();
        final List<JsonNode> constraints = new ArrayList<>();
        String category = "";
    }

    OcsfSchema(Path root) throws IOException {
        this.root = root;
        this.dictionary = mapper.readTree(root.resolve("dictionary.json").toFile());
        files("events", eventFiles);
        files("objects", objectFiles);
        JsonNode categories =
                mapper.readTree(root.resolve("categories.json").toFile()).get("attributes");
        for (Map.Entry<String, JsonNode> file : eventFiles.entrySet()) {
            Definition made = make(file.getValue(), eventFiles);
            JsonNode category = categories.get(made.category);
            if (file.getValue().has("uid") && category != null) {
                classes.put(
                        category.get("uid").asInt() * 1000
                                + file.getValue().get("uid").asInt(),
                        made);
            }
        }
        classes.put(0, make(named("base_event", eventFiles), eventFiles));
    }

    /** Everything that is wrong with an event. */
    List<String> faults(byte[] line) {
        JsonNode event = mapper.readTree(line);
        List<String> faults = new ArrayList<>();
        Definition type = classes.get(event.get("class_uid").asInt());
        if (type == null) {
            return List.of("no class " + event.get("class_uid"));
        }
        Set<String> profiles = new HashSet<>();
        event.get("metadata").get("profiles").forEach(each -> profiles.add(each.asString()));
        profiles.stream()
                .filter(each -> !type.profiles.contains(each))
                .forEach(each -> faults.add("no profile " + each));
        if (event.get("type_uid").asLong()
                != event.get("class_uid").asLong() * 100
                        + event.get("activity_id").asLong()) {
            faults.add("type_uid is another");
        }
        // The schema's compiler makes these two enumerations of the classes there are.
        if (event.get("category_uid").asInt() != event.get("class_uid").asInt() / 1000) {
            faults.add("category_uid is another");
        }
        check(type, event, "", profiles, faults);
        return faults;
    }

    private void check(Definition type, JsonNode node, String at, Set<String> profiles, List<String> faults) {
        node.propertyStream().forEach(member -> {
            String name = member.getKey();
            JsonNode attribute = type.attributes.get(name);
            if (attribute == null) {
                faults.add(at + name + " is not known");
                return;
            }
            String profile = type.profileOf.get(name);
            if (profile != null && !profiles.contains(profile)) {
                faults.add(at + name + " belongs to the profile " + profile);
            }
            value(name, attribute, member.getValue(), at + name, profiles, faults);
        });
        type.attributes.forEach((name, attribute) -> {
            boolean applies = type.profileOf.get(name) == null || profiles.contains(type.profileOf.get(name));
            if (applies && "required".equals(text(attribute, "requirement")) && !node.has(name)) {
                faults.add(at + name + " is required");
            }
        });
        for (JsonNode constraint : type.constraints) {
            JsonNode any = constraint.get("at_least_one");
            if (any != null && any.valueStream().noneMatch(name -> node.has(name.asString()))) {
                faults.add(at + " needs one of " + any);
            }
        }
    }

    private void value(
            String name, JsonNode attribute, JsonNode value, String at, Set<String> profiles, List<String> faults) {
        JsonNode entry = dictionary.get("attributes").get(name);
        if (entry == null) {
            faults.add(at + " is not in the dictionary");
            return;
        }
        boolean array = entry.has("is_array") && entry.get("is_array").asBoolean();
        if (array != value.isArray()) {
            faults.add(at + (array ? " must" : " must not") + " be a list");
            return;
        }
        for (JsonNode each : array ? value.valueStream().toList() : List.of(value)) {
            String type = text(entry, "type");
            if (objectFiles.containsKey(type) && !type.equals("object")) {
                Definition object = objects.computeIfAbsent(type, key -> make(named(key, objectFiles), objectFiles));
                check(object, each, at + ".", profiles, faults);
            } else {
                scalar(type, each, at, faults);
                enumeration(entry, attribute, each, at, faults);
            }
        }
    }

    private void scalar(String type, JsonNode value, String at, List<String> faults) {
        JsonNode known = dictionary.get("types").get("attributes").get(type);
        String base = known != null && known.has("type") ? text(known, "type") : type;
        boolean fits = switch (base) {
            case "integer_t" -> value.canConvertToInt() && value.isIntegralNumber();
            case "long_t", "timestamp_t" -> value.isIntegralNumber();
            case "boolean_t" -> value.isBoolean();
            case "string_t" -> value.isString();
            case "object", "json_t" -> value.isObject();
            default -> false;
        };
        if (!fits) {
            faults.add(at + " is no " + type + ": " + value);
        }
        if (fits && known != null && known.has("range")) {
            long number = value.asLong();
            if (number < known.get("range").get(0).asLong()
                    || number > known.get("range").get(1).asLong()) {
                faults.add(at + " is out of range");
            }
        }
        if (fits && known != null && known.has("regex") && value.isString()) {
            if (!Pattern.compile(text(known, "regex")).matcher(value.asString()).find()) {
                faults.add(at + " is not written as a " + type + ": " + value);
            }
        }
    }

    /** Those of the dictionary and those the class adds. */
    private static void enumeration(
            JsonNode entry, JsonNode attribute, JsonNode value, String at, List<String> faults) {
        if (!entry.has("enum") && !attribute.has("enum")) {
            return;
        }
        String key = value.asString();
        if (at.equals("class_uid") || at.equals("category_uid")) {
            return;
        }
        boolean known = (entry.has("enum") && entry.get("enum").has(key))
                || (attribute.has("enum") && attribute.get("enum").has(key));
        if (!known) {
            faults.add(at + " has no value " + value);
        }
    }

    private Definition make(JsonNode file, Map<String, JsonNode> files) {
        Definition made = new Definition();
        if (file.has("extends")) {
            Definition parent = make(named(text(file, "extends"), files), files);
            made.attributes.putAll(parent.attributes);
            made.profileOf.putAll(parent.profileOf);
            made.profiles.addAll(parent.profiles);
            made.category = parent.category;
            if (!file.has("constraints")) {
                made.constraints.addAll(parent.constraints);
            }
        }
        if (file.has("category")) {
            made.category = text(file, "category");
        }
        if (file.has("constraints")) {
            made.constraints.add(file.get("constraints"));
        }
        if (file.has("profiles")) {
            file.get("profiles").forEach(each -> made.profiles.add(each.asString()));
        }
        JsonNode attributes = file.get("attributes");
        if (attributes.has("$include")) {
            attributes.get("$include").forEach(each -> include(made, each.asString()));
        }
        attributes
                .propertyStream()
                .filter(each -> !each.getKey().equals("$include"))
                .forEach(each -> {
                    made.attributes.merge(each.getKey(), each.getValue(), OcsfSchema::merged);
                    if (each.getValue().has("profile")
                            && each.getValue().get("profile").isNull()) {
                        made.profileOf.remove(each.getKey());
                    }
                });
        return made;
    }

    private static JsonNode named(String name, Map<String, JsonNode> files) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private void include(Definition made, String path) {
        JsonNode profile = mapper.readTree(root.resolve(path).toFile());
        profile.get("attributes").propertyStream().forEach(each -> {
            if (made.attributes.putIfAbsent(each.getKey(), each.getValue()) == null) {
                made.profileOf.put(each.getKey(), text(profile, "name"));
            }
        });
    }

    private static JsonNode merged(JsonNode before, JsonNode after) {
        ObjectNode both = (ObjectNode) before.deepCopy();
        after.propertyStream().forEach(each -> {
            if (each.getKey().equals("enum") && both.has("enum")) {
                ((ObjectNode) both.get("enum")).setAll((ObjectNode) each.getValue());
            } else {
                both.set(each.getKey(), each.getValue());
            }
        });
        return both;
    }

    private void files(String folder, Map<String, JsonNode> to) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            files.filter(file -> file.toString().endsWith(".json")).forEach(file -> {
                JsonNode content = mapper.readTree(file.toFile());
                to.put(text(content, "name"), content);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? "" : value.asString();
    }
}
