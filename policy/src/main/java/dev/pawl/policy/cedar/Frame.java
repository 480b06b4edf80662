package dev.pawl.policy.cedar;

import org.jspecify.annotations.Nullable;

/** What one decision works with. For one thread. */
final class Frame {
    final Request request;
    final Meter meter = new Meter(Limits.STEPS);
    private final Entities entities;

    // The three entities of the request are looked up once; the flags say which have been.
    private @Nullable Entity principal;
    private @Nullable Entity action;
    private @Nullable Entity resource;
    private boolean principalKnown;
    private boolean actionKnown;
    private boolean resourceKnown;

    Frame(Request request, Entities entities) {
        this.request = request;
        this.entities = entities;
    }

    @Nullable
    Entity principal() {
        if (!principalKnown) {
            principal = entities.find(request.principal());
            principalKnown = true;
        }
        return principal;
    }

    @Nullable
    Entity action() {
        if (!actionKnown) {
            action = entities.find(request.action());
            actionKnown = true;
        }
        return action;
    }

    @Nullable
    Entity resource() {
        if (!resourceKnown) {
            resource = entities.find(request.resource());
            resourceKnown = true;
        }
        return resource;
    }

    @Nullable
    Entity find(EntityUid uid) {
        meter.charge(1);
        if (uid.equals(request.resource())) {
            return resource();
        }
        if (uid.equals(request.principal())) {
            return principal();
        }
        return uid.equals(request.action()) ? action() : entities.find(uid);
    }

    /** Whether {@code uid} is {@code group} or below it. */
    boolean in(EntityUid uid, EntityUid group) {
        if (uid.equals(group)) {
            return true;
        }
        Entity entity = find(uid);
        return entity != null && entity.ancestors().contains(group);
    }
}
