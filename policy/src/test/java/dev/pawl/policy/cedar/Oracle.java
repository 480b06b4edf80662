package dev.pawl.policy.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.functions.Offset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Cedar itself, asked through cedar-java. The numbers of its policies are in its answers. */
final class Oracle {
    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final Map<String, EntityTypeName> types = new HashMap<>();

    /** Verdict, determining policies and erring policies. */
    record Verdict(boolean allowed, Set<String> determining, Set<String> erring) {
        static Verdict of(Answer answer) {
            Set<String> determining = new TreeSet<>();
            answer.determining().forEach(policy -> determining.add(policy.id()));
            Set<String> erring = new TreeSet<>();
            answer.failures().forEach(failure -> erring.add(failure.policy().id()));
            return new Verdict(answer.allowed(), determining, erring);
        }
    }

    /** Policies parsed once on the far side, named as {@link Policies#parse} names them. */
    static com.cedarpolicy.model.policy.PolicySet policies(List<String> texts) throws CacheException {
        Set<Policy> policies = new HashSet<>();
        for (String text : texts) {
            policies.add(new Policy(text, "policy" + policies.size()));
        }
        var set = new com.cedarpolicy.model.policy.PolicySet(policies);
        set.cache();
        return set;
    }

    /** How many policies and templates Cedar reads in {@code text}, or -1 if it refuses it. */
    int parse(String text) {
        try {
            var set = com.cedarpolicy.model.policy.PolicySet.parsePolicies(text);
            return set.getNumPolicies() + set.getNumTemplates();
        } catch (InternalException refused) {
            return -1;
        }
    }

    Verdict decide(
            Request request,
            com.cedarpolicy.model.policy.PolicySet policies,
            Set<com.cedarpolicy.model.entity.Entity> entities)
            throws AuthException {
        AuthorizationResponse response = engine.isAuthorized(
                new AuthorizationRequest(
                        uid(request.principal()),
                        uid(request.action()),
                        uid(request.resource()),
                        Optional.of(fields(request.context())),
                        Optional.empty(),
                        false),
                policies,
                entities);
        AuthorizationSuccessResponse success =
                response.success.orElseThrow(() -> new IllegalStateException(response.toString()));
        Set<String> erring = new TreeSet<>();
        success.getErrors().forEach(error -> erring.add(error.getPolicyId()));
        return new Verdict(success.isAllowed(), new TreeSet<>(success.getReason()), erring);
    }

    /** Entities whose ancestors may be direct parents only, as Cedar takes them too. */
    Set<com.cedarpolicy.model.entity.Entity> entities(Collection<Entity> entities) {
        Set<com.cedarpolicy.model.entity.Entity> converted = new HashSet<>();
        for (Entity entity : entities) {
            Set<EntityUID> parents = new HashSet<>();
            entity.ancestors().forEach(parent -> parents.add(uid(parent)));
            converted.add(new com.cedarpolicy.model.entity.Entity(
                    uid(entity.uid()), fields(entity.attributes()), parents, fields(entity.tags())));
        }
        return converted;
    }

    private EntityUID uid(EntityUid uid) {
        return types.computeIfAbsent(
                        uid.type(), type -> EntityTypeName.parse(type).orElseThrow())
                .of(uid.id());
    }

    private Map<String, com.cedarpolicy.value.Value> fields(Value.Record record) {
        Map<String, com.cedarpolicy.value.Value> fields = new HashMap<>();
        record.names().forEach(name -> fields.put(name, value(Objects.requireNonNull(record.get(name)))));
        return fields;
    }

    private com.cedarpolicy.value.Value value(Value value) {
        return switch (value) {
            case Value.Bool bool -> new PrimBool(bool.value());
            case Value.Int number -> new PrimLong(number.value());
            case Value.Text text -> new PrimString(text.value());
            case EntityUid uid -> uid(uid);
            case Value.Set set -> {
                List<com.cedarpolicy.value.Value> members = new ArrayList<>();
                set.members().forEach(member -> members.add(value(member)));
                yield new CedarList(members);
            }
            case Value.Record record -> new CedarMap(fields(record));
            case Value.Ip ip -> new com.cedarpolicy.value.IpAddress(IpText.write(ip));
            case Value.Decimal decimal -> new com.cedarpolicy.value.Decimal(DecimalText.write(decimal));
            case Value.Datetime datetime ->
                new Offset(
                        new com.cedarpolicy.value.DateTime("1970-01-01"),
                        new com.cedarpolicy.value.Duration(datetime.milliseconds() + "ms"));
            case Value.Duration duration -> new com.cedarpolicy.value.Duration(duration.milliseconds() + "ms");
        };
    }
}
