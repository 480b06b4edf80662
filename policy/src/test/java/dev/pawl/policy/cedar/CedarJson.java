package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Values and entities as Cedar's JSON writes them, explicitly ({@code __entity}, {@code __extn}) or, where a schema says
 * so, implicitly. The only implicit forms of the corpus are entities as {@code {type, id}} and addresses as strings under
 * the name {@code source_ip}.
 */
final class CedarJson {
    private CedarJson() {}

    static List<Entity> entities(JsonNode array) {
        List<Entity> entities = new ArrayList<>();
        for (JsonNode node : array) {
            Set<EntityUid> parents = new HashSet<>();
            for (JsonNode parent : node.path("parents")) {
                parents.add(uid(parent));
            }
            entities.add(
                    new Entity(uid(node.path("uid")), record(node.path("attrs")), parents, record(node.path("tags"))));
        }
        return entities;
    }

    static EntityUid uid(JsonNode node) {
        JsonNode inner = node.has("__entity") ? node.path("__entity") : node;
        return new EntityUid(inner.path("type").asString(), inner.path("id").asString());
    }

    static Value.Record record(JsonNode object) {
        Map<String, Value> fields = new LinkedHashMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), value(field.getKey(), field.getValue())));
        return Value.Record.of(fields);
    }

    private static Value value(String name, JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> Value.Bool.of(node.asBoolean());
            case NUMBER -> new Value.Int(node.asLong());
            case STRING ->
                name.equals("source_ip") && node.asString().matches("[0-9.]+")
                        ? Value.Ip.of(node.asString())
                        : new Value.Text(node.asString());
            case ARRAY -> {
                List<Value> members = new ArrayList<>();
                node.forEach(member -> members.add(value("", member)));
                yield Value.Set.of(members);
            }
            case OBJECT -> object(node);
            case BINARY, MISSING, NULL, POJO -> throw new IllegalArgumentException(node.toString());
        };
    }

    private static Value object(JsonNode node) {
        if (node.has("__entity") || (node.size() == 2 && node.has("type") && node.has("id"))) {
            return uid(node);
        }
        return node.has("__extn") ? extension(node.path("__extn")) : record(node);
    }

    private static Value extension(JsonNode node) {
        List<JsonNode> arguments = new ArrayList<>();
        (node.has("args") ? node.path("args") : List.of(node.path("arg"))).forEach(arguments::add);
        JsonNode first = arguments.getFirst();
        return switch (node.path("fn").asString()) {
            case "ip" -> Value.Ip.of(first.asString());
            case "decimal" -> Value.Decimal.of(first.asString());
            case "datetime" -> Value.Datetime.of(first.asString());
            case "duration" -> Value.Duration.of(first.asString());
            case "offset" -> {
                Value.Datetime from = (Value.Datetime) extension(first.path("__extn"));
                Value.Duration by = (Value.Duration) extension(arguments.get(1).path("__extn"));
                yield new Value.Datetime(Math.addExact(from.milliseconds(), by.milliseconds()));
            }
            default -> throw new IllegalArgumentException(node.toString());
        };
    }
}
