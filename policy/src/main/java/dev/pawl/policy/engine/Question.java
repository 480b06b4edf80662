package dev.pawl.policy.engine;

import dev.pawl.policy.cedar.Entities;
import dev.pawl.policy.cedar.Entity;
import dev.pawl.policy.cedar.EntityUid;
import dev.pawl.policy.cedar.Request;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request and the entities it is about.
 *
 * @param kind what an answer to it means for the attempt
 */
record Question(Kind kind, Request request, Entity principal, Entity resource) implements Entities {
    /** Why a question is asked. */
    enum Kind {
        /** The attempt itself. */
        ATTEMPT,
        /** The address that the attempt's address carries inside: only prohibitions count. */
        CARRIED,
        /** A path below the one to be shown. */
        BELOW
    }

    private static final Set<EntityUid> NOTHING = Set.of();

    @Override
    public @Nullable Entity find(EntityUid uid) {
        if (uid.equals(resource.uid())) {
            return resource;
        }
        if (uid.equals(principal.uid())) {
            return principal;
        }
        Set<EntityUid> groups = Words.GROUPS.getOrDefault(uid, NOTHING);
        return groups.isEmpty() ? null : Entity.of(uid, groups);
    }
}
