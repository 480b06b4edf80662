package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Entities and requests by chance, small enough that policies meet them: few types, few ids, and attributes whose name
 * mostly says their type.
 */
final class RandomWorld {
    static final List<String> TYPES = List.of("User", "Group", "App::Doc", "permit::when");
    static final List<String> IDS = List.of("a", "b", "", "\n\"\\*", "Zoë 🐾", "\0");
    static final List<String> ACTIONS = List.of("read", "write", "all", "");
    static final List<String> ATTRIBUTES =
            List.of("n", "s", "b", "e", "set", "ents", "r", "ip", "dec", "dt", "du", "any", "if", "a b\u202e", "");
    static final List<String> STRINGS = List.of(
            "",
            "a",
            "ab",
            "abab",
            "a*b",
            "*",
            "n",
            "s",
            "any",
            "é",
            "🐾",
            "\\",
            "\"",
            "\n\t\r\0",
            "10.0.0.1",
            "aaaaab");

    private final RandomGenerator random;

    RandomWorld(RandomGenerator random) {
        this.random = random;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    EntityUid uid() {
        return new EntityUid(one(TYPES), one(IDS));
    }

    EntityUid action() {
        return new EntityUid(chance(80) ? "Action" : "App::Action", one(ACTIONS));
    }

    /** Entities of which each is below some that come later, so that there are no circles. */
    List<Entity> entities() {
        List<EntityUid> uids = new ArrayList<>(List.of(new EntityUid(TYPES.getFirst(), IDS.getFirst())));
        for (int count = 3 + random.nextInt(6); count > 0; count--) {
            EntityUid uid = chance(75) ? uid() : action();
            if (!uids.contains(uid)) {
                uids.add(uid);
            }
        }
        List<Entity> entities = new ArrayList<>();
        for (int at = 0; at < uids.size(); at++) {
            boolean action = uids.get(at).type().endsWith("Action");
            Set<EntityUid> parents = new HashSet<>();
            for (EntityUid later : uids.subList(at + 1, uids.size())) {
                if (chance(25) && (!action || later.type().endsWith("Action"))) {
                    parents.add(later);
                }
            }
            entities.add(new Entity(
                    uids.get(at),
                    action ? Value.Record.of() : record(2),
                    parents,
                    action ? Value.Record.of() : record(0)));
        }
        return entities;
    }

    Request request(List<Entity> entities) {
        return new Request(known(entities), action(), known(entities), record(2));
    }

    private EntityUid known(List<Entity> entities) {
        EntityUid uid = chance(80) ? one(entities).uid() : uid();
        return uid.type().endsWith("Action") ? uid() : uid;
    }

    Value.Record record(int depth) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (String name : ATTRIBUTES) {
            if (chance(80)) {
                fields.put(name, chance(94) ? named(name, depth) : any(depth));
            }
        }
        return Value.Record.of(fields);
    }

    private Value named(String name, int depth) {
        return switch (name) {
            case "n" -> new Value.Int(chance(90) ? random.nextInt(5) : random.nextLong());
            case "s" -> new Value.Text(one(STRINGS));
            case "b" -> Value.Bool.of(chance(50));
            case "e" -> chance(50) ? uid() : new EntityUid(TYPES.getFirst(), IDS.getFirst());
            case "ents" -> set(depth, List.of("e"));
            case "set" -> depth == 0 ? Value.Set.of() : set(depth, List.of("n", "s", "set", "dec", "any"));
            case "r" -> depth == 0 ? Value.Record.of() : record(depth - 1);
            case "ip" -> Value.Ip.of(one(RandomPolicies.ADDRESSES));
            case "dec" -> new Value.Decimal(random.nextInt(7) * 5000L - 10_000);
            case "dt" ->
                new Value.Datetime(
                        chance(50)
                                ? random.nextInt(3) * 43_200_000L - 86_400_000
                                : random.nextLong() >> random.nextInt(30));
            case "du" ->
                new Value.Duration(chance(50) ? random.nextInt(3) * 1000L : random.nextLong() >> random.nextInt(30));
            default -> any(depth);
        };
    }

    private Value set(int depth, List<String> kinds) {
        List<Value> members = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            members.add(named(one(kinds), depth - 1));
        }
        return Value.Set.of(members);
    }

    private Value any(int depth) {
        return named(one(ATTRIBUTES.subList(0, depth == 0 ? 5 : 11)), Math.max(0, depth - 1));
    }
}
