package dev.pawl.policy.cedar;

import java.util.Set;

/**
 * What is known about one entity.
 *
 * @param ancestors all entities it is below, the parents of parents included
 */
public record Entity(EntityUid uid, Value.Record attributes, Set<EntityUid> ancestors, Value.Record tags) {
    /** Copies the set. */
    public Entity {
        ancestors = Set.copyOf(ancestors);
    }

    /** An entity without attributes and tags. */
    public static Entity of(EntityUid uid, Set<EntityUid> ancestors) {
        return new Entity(uid, Value.Record.of(), ancestors, Value.Record.of());
    }
}
