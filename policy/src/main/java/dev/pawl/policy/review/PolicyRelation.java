package dev.pawl.policy.review;

import dev.pawl.core.Protocol;
import dev.pawl.policy.cedar.ActionConstraint;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Condition;
import dev.pawl.policy.cedar.Effect;
import dev.pawl.policy.cedar.EntityConstraint;
import dev.pawl.policy.cedar.EntityUid;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Compares two policies of one effect by their heads and conditions, without evaluating them. */
final class PolicyRelation {
    private static final Map<String, Set<String>> GROUPS = Map.of(
            "network", Set.of("resolve", "connect", "dial", "connect-socket"),
            "files", Set.of("mount-read", "mount-write"));

    private static final Set<String> ACTIONS =
            Set.of("resolve", "connect", "dial", "connect-socket", "exec", "mount-read", "mount-write");

    private PolicyRelation() {}

    static Relation of(CedarPolicy before, CedarPolicy after) {
        return entities(before.principal(), after.principal())
                .and(actions(before.action(), after.action()))
                .and(entities(before.resource(), after.resource()))
                .and(conditions(before, after))
                .and(protocol(before, after));
    }

    /** The actions a head is about. */
    static Set<String> actions(ActionConstraint constraint) {
        return switch (constraint) {
            case ActionConstraint.Any() -> ACTIONS;
            case ActionConstraint.Equal(EntityUid uid) -> Set.of(uid.id());
            case ActionConstraint.In(EntityUid group) -> members(group);
            case ActionConstraint.InAny(List<EntityUid> groups) -> {
                Set<String> all = new HashSet<>();
                groups.forEach(group -> all.addAll(members(group)));
                yield all;
            }
        };
    }

    private static Relation actions(ActionConstraint before, ActionConstraint after) {
        Set<String> one = actions(before);
        Set<String> other = actions(after);
        return Relation.of(other.containsAll(one), one.containsAll(other));
    }

    private static Set<String> members(EntityUid group) {
        return GROUPS.getOrDefault(group.id(), Set.of(group.id()));
    }

    private static Relation entities(EntityConstraint before, EntityConstraint after) {
        return Relation.of(covers(after, before), covers(before, after));
    }

    /** Whether every entity that {@code narrow} is about is one that {@code wide} is about. */
    private static boolean covers(EntityConstraint wide, EntityConstraint narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        return switch (wide) {
            case EntityConstraint.Any() -> true;
            case EntityConstraint.Equal equal -> false;
            case EntityConstraint.Is(String type) -> type.equals(typeOf(narrow));
            case EntityConstraint.In(EntityUid group) -> below(narrow, group);
            case EntityConstraint.IsIn(String type, EntityUid group) ->
                type.equals(typeOf(narrow)) && below(narrow, group);
        };
    }

    private static String typeOf(EntityConstraint constraint) {
        return switch (constraint) {
            case EntityConstraint.Any any -> "";
            case EntityConstraint.Equal(EntityUid uid) -> uid.type();
            case EntityConstraint.Is(String type) -> type;
            case EntityConstraint.In in -> "";
            case EntityConstraint.IsIn(String type, EntityUid _) -> type;
        };
    }

    private static boolean below(EntityConstraint narrow, EntityUid group) {
        return switch (narrow) {
            case EntityConstraint.Any any -> false;
            case EntityConstraint.Is is -> false;
            case EntityConstraint.Equal(EntityUid uid) -> below(uid, group);
            case EntityConstraint.In(EntityUid inner) -> below(inner, group);
            case EntityConstraint.IsIn(String _, EntityUid inner) -> below(inner, group);
        };
    }

    /** What the engine tells Cedar about directories and domains. */
    private static boolean below(EntityUid uid, EntityUid group) {
        if (uid.equals(group)) {
            return true;
        }
        return switch (group.type()) {
            case "Path" -> Set.of("Path", "Program").contains(uid.type()) && startsWith(uid.id(), group.id());
            case "Domain" ->
                Set.of("Domain", "Host").contains(uid.type()) && uid.id().endsWith("." + group.id());
            default -> false;
        };
    }

    private static boolean startsWith(String path, String directory) {
        try {
            return Path.of(path).startsWith(Path.of(directory)) && directory.startsWith("/");
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Conditions hold together. One more makes a permit narrower wherever it stands. A prohibition that fails refuses,
     * so one more narrows it only behind the others, where it is not asked before they hold.
     */
    private static Relation conditions(CedarPolicy before, CedarPolicy after) {
        return Relation.of(
                fewer(after.effect(), after.conditions(), before.conditions()),
                fewer(after.effect(), before.conditions(), after.conditions()));
    }

    private static boolean fewer(Effect effect, List<Condition> few, List<Condition> many) {
        if (effect == Effect.FORBID) {
            return few.size() <= many.size() && many.subList(0, few.size()).equals(few);
        }
        List<Condition> left = new ArrayList<>(many);
        return few.stream().allMatch(left::remove);
    }

    private static Relation protocol(CedarPolicy before, CedarPolicy after) {
        Protocol one = protocol(before);
        Protocol other = protocol(after);
        boolean same = one == other || before.effect() == Effect.FORBID;
        return Relation.of(same || other == Protocol.TCP, same || one == Protocol.TCP);
    }

    /** What a permit without a word on it lets flow is TLS. */
    private static Protocol protocol(CedarPolicy policy) {
        String word = policy.annotations().getOrDefault("protocol", "tls").toLowerCase(Locale.ROOT);
        return Arrays.stream(Protocol.values())
                .filter(each -> each.text().equals(word))
                .findFirst()
                .orElse(Protocol.TLS);
    }
}
