package dev.pawl.bench;

import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import dev.pawl.policy.cedar.CedarPolicy;
import dev.pawl.policy.cedar.Entity;
import dev.pawl.policy.cedar.EntityUid;
import dev.pawl.policy.cedar.Request;
import dev.pawl.policy.cedar.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Our objects as cedar-java's. */
final class CedarJava {
    private final Map<String, EntityTypeName> types = new HashMap<>();

    com.cedarpolicy.model.policy.PolicySet policies(List<CedarPolicy> policies) throws CacheException {
        Set<Policy> converted = new HashSet<>();
        policies.forEach(policy -> converted.add(new Policy(policy.text(), policy.id())));
        var set = new com.cedarpolicy.model.policy.PolicySet(converted);
        set.cache();
        return set;
    }

    Set<com.cedarpolicy.model.entity.Entity> entities(List<Entity> entities) {
        return entities.stream()
                .map(entity -> new com.cedarpolicy.model.entity.Entity(
                        uid(entity.uid()),
                        fields(entity.attributes()),
                        entity.ancestors().stream().map(this::uid).collect(Collectors.toSet())))
                .collect(Collectors.toSet());
    }

    AuthorizationRequest request(Request request) {
        return new AuthorizationRequest(
                uid(request.principal()),
                uid(request.action()),
                uid(request.resource()),
                Optional.of(fields(request.context())),
                Optional.empty(),
                false);
    }

    boolean allowed(AuthorizationResponse response) {
        return response.success
                .orElseThrow(() -> new IllegalStateException(response.toString()))
                .isAllowed();
    }

    private EntityUID uid(EntityUid uid) {
        return types.computeIfAbsent(
                        uid.type(), type -> EntityTypeName.parse(type).orElseThrow())
                .of(uid.id());
    }

    private Map<String, com.cedarpolicy.value.Value> fields(Value.Record record) {
        return record.names().stream()
                .collect(Collectors.toMap(name -> name, name -> value(Objects.requireNonNull(record.get(name)))));
    }

    private com.cedarpolicy.value.Value value(Value value) {
        return switch (value) {
            case Value.Bool bool -> new PrimBool(bool.value());
            case Value.Int number -> new PrimLong(number.value());
            case Value.Text text -> new PrimString(text.value());
            case EntityUid uid -> uid(uid);
            case Value.Set set ->
                new CedarList(set.members().stream().map(this::value).toList());
            case Value.Record record -> new CedarMap(fields(record));
            case Value.Ip ip -> new com.cedarpolicy.value.IpAddress(inside(ip));
            case Value.Decimal decimal -> new com.cedarpolicy.value.Decimal(inside(decimal));
            case Value.Duration duration -> new com.cedarpolicy.value.Duration(inside(duration));
            case Value.Datetime datetime -> throw new IllegalArgumentException("not used here: " + datetime);
        };
    }

    /** What stands between the quotes of {@code ip("...")}. */
    private static String inside(Value value) {
        String text = value.toString();
        return text.substring(text.indexOf('"') + 1, text.lastIndexOf('"'));
    }
}
