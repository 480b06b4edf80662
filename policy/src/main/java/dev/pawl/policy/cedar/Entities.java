package dev.pawl.policy.cedar;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a decision finds entities. An implementation answers the same for the same uid during one decision. */
@FunctionalInterface
public interface Entities {
    /** Nothing is known of any entity. */
    Entities NONE = uid -> null;

    /** What is known of {@code uid}, or null. */
    @Nullable
    Entity find(EntityUid uid);

    /**
     * These entities, each below what its ancestors are below.
     *
     * @param entities with at least their direct parents as ancestors; a parent need not be among them
     * @throws IllegalArgumentException if a uid stands there twice or an entity is below itself
     */
    static Entities of(Collection<Entity> entities) {
        Map<EntityUid, Entity> given = new HashMap<>();
        for (Entity entity : entities) {
            if (given.put(entity.uid(), entity) != null) {
                throw new IllegalArgumentException("the entity " + entity.uid() + " stands there twice");
            }
        }
        Map<EntityUid, Entity> closed = new HashMap<>();
        for (Entity entity : entities) {
            closed.put(
                    entity.uid(), new Entity(entity.uid(), entity.attributes(), above(entity, given), entity.tags()));
        }
        return closed::get;
    }

    private static Set<EntityUid> above(Entity start, Map<EntityUid, Entity> given) {
        Set<EntityUid> seen = new HashSet<>();
        Deque<EntityUid> open = new ArrayDeque<>(start.ancestors());
        while (!open.isEmpty()) {
            EntityUid uid = open.pop();
            if (uid.equals(start.uid())) {
                throw new IllegalArgumentException("the entity " + uid + " is below itself");
            }
            if (seen.add(uid)) {
                Entity parent = given.get(uid);
                if (parent != null) {
                    open.addAll(parent.ancestors());
                }
            }
        }
        return seen;
    }
}
