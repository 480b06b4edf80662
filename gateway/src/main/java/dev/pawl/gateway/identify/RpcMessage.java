package dev.pawl.gateway.identify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What counts of one message of JSON: members with known names, at the top, in {@code params}, in {@code result} and in a
 * {@code job} within those, and the texts of lists, that of a client's algorithms by itself. Everything else is passed over, so its size is bounded.
 */
final class RpcMessage {
    /** Where a member stands. */
    enum Place {
        TOP,
        PARAMS,
        RESULT,
        JOB,
        ALGORITHMS
    }

    /** What stands for a value that is no string: its first character, marked. */
    static final String MARK = "\u0000";

    private static final Set<String> NAMES = Set.of(
            "jsonrpc",
            "id",
            "method",
            "params",
            "result",
            "error",
            "worker",
            "type",
            "identifier",
            "job",
            "body",
            "login",
            "pass",
            "agent",
            "algo",
            "rigid",
            "api_key",
            "site_key",
            "blob",
            "job_id",
            "jobid",
            "jobId",
            "target",
            "nonce",
            "hash",
            "pow",
            "pre_pow",
            "output",
            "input",
            "difficulty",
            "height",
            "seed_hash",
            "edge_bits",
            "blockhashing_blob",
            "mbl_blob",
            "status",
            "user",
            "password",
            "pool",
            "nonceprefix",
            "capabilities",
            "rules");

    private static final int METHODS = 4;
    private static final int TEXTS = 16;

    private final Map<Place, Map<String, String>> members = new HashMap<>();
    private final List<String> methods = new ArrayList<>();
    private final List<String> params = new ArrayList<>();
    private final List<String> results = new ArrayList<>();
    private final List<String> algorithms = new ArrayList<>();

    void member(Place place, String name, String value) {
        if (!NAMES.contains(name)) {
            return;
        }
        members.computeIfAbsent(place, _ -> new HashMap<>()).put(name, value);
        // Readers differ in which of two members with one name counts, so both do.
        if (place == Place.TOP && name.equals("method") && methods.size() < METHODS) {
            methods.add(value);
        }
    }

    void text(Place list, String value) {
        List<String> texts = list == Place.PARAMS ? params : list == Place.ALGORITHMS ? algorithms : results;
        if (texts.size() < TEXTS) {
            texts.add(value);
        }
    }

    /** What the message calls. */
    List<String> methods() {
        return methods;
    }

    /** Texts within a list of parameters, lists in it included. */
    List<String> params() {
        return params;
    }

    /** Texts within a list of results, lists in it included. */
    List<String> results() {
        return results;
    }

    /** What a client says it can work at. */
    List<String> algorithms() {
        return algorithms;
    }

    boolean has(Place place, String name) {
        return members.getOrDefault(place, Map.of()).containsKey(name);
    }

    /** Whether a string or a number stands there. */
    boolean hasScalar(Place place, String name) {
        String value = members.getOrDefault(place, Map.of()).get(name);
        return value != null && !value.equals(MARK + "{") && !value.equals(MARK + "[") && !value.equals(MARK + "n");
    }

    /** The string that stands there, null if something else or nothing does. */
    @Nullable
    String string(Place place, String name) {
        String value = members.getOrDefault(place, Map.of()).get(name);
        return value == null || value.startsWith(MARK) ? null : value;
    }
}
