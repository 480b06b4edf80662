package dev.pawl.ledger.ocsf;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.ledger.CanonicalTree;
import dev.pawl.verify.TreeHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as OCSF 1.9 does: process activity (1007), network activity (4001), DNS activity (4003), file activity (1001),
 * API activity (6003: what was done to a run), detection finding (2004), and base events for what is none of these. Profiles:
 * ai_operation (which agent), host (which process and machine), record_integrity (a hash over the event as RFC 8785 has it), security_control (the decision).
 * Immutable.
 */
public final class OcsfEvents {
    private static final String VERSION = "1.9.0-dev";
    private static final int SHA_256 = 3;
    private static final int HEX = 1;
    private static final int JCS = 2;

    private final String machine;
    private final String log;

    /**
     * @param machine name of the machine the events come from
     * @param log name of the record they are kept in, as its checkpoints have it
     */
    public OcsfEvents(String machine, String log) {
        this.machine = machine;
        this.log = log;
    }

    /**
     * One event as a line.
     *
     * @param entry where it stands in the record; -1 if that is not known
     */
    public byte[] line(long entry, Event event) {
        OcsfBody body = OcsfBody.of(event, machine);
        CanonicalTree out = body.members();
        int uid = body.type().uid();
        out.put("class_uid", uid)
                .put("category_uid", body.type().category())
                .put("activity_id", body.activity())
                .put("type_uid", uid * 100L + body.activity())
                .put("time", event.time().toEpochMilli())
                .put("severity_id", severity(event));
        decision(out, event);
        if (body.type().hasAgent()) {
            out.put("ai_agent", OcsfBody.agent(event));
        }
        out.put("metadata", metadata(entry, event, body));
        CanonicalTree attestation =
                new CanonicalTree().put("authority_uid", log).put("chain_uid", log);
        if (entry >= 0) {
            attestation.put("uid", log + "#" + entry);
        }
        out.put("attestation_list", List.of(attestation));
        // Over everything but itself, as the profile has it.
        byte[] hash = TreeHash.sha256().digest(out.bytes());
        attestation.put(
                "fingerprint",
                new CanonicalTree()
                        .put("algorithm_id", SHA_256)
                        .put("encoding_id", HEX)
                        .put("serialization_id", JCS)
                        .put("value", HexFormat.of().formatHex(hash)));
        byte[] whole = out.bytes();
        byte[] line = Arrays.copyOf(whole, whole.length + 1);
        line[whole.length] = '\n';
        return line;
    }

    private static CanonicalTree metadata(long entry, Event event, OcsfBody body) {
        List<String> profiles = new ArrayList<>(List.of("record_integrity"));
        if (body.type().hasAgent()) {
            profiles.add("ai_operation");
        }
        if (body.type().category() == OcsfClass.NETWORK_ACTIVITY.category()) {
            profiles.add("host");
        }
        if (event.decision() != null) {
            profiles.add("security_control");
        }
        // A number in the schema has 32 bits.
        @Nullable Integer sequence = entry >= 0 && entry <= Integer.MAX_VALUE ? Integer.valueOf((int) entry) : null;
        return new CanonicalTree()
                .put("version", VERSION)
                .put("uid", event.id())
                .put("correlation_uid", event.run())
                .put("original_event_uid", event.cause())
                .put("event_code", event.body().kind())
                .put("log_name", "pawl")
                .put("sequence", sequence)
                .put("profiles", profiles)
                .put("product", new CanonicalTree().put("name", "Pawl").put("vendor_name", "Pawl"));
    }

    private static void decision(CanonicalTree out, Event event) {
        Decision decision = event.decision();
        if (decision == null) {
            return;
        }
        int delayed = 14;
        switch (decision.verdict()) {
            case ALLOW -> out.put("action_id", 1).put("disposition_id", 1).put("status_id", 1);
            case DENY -> out.put("action_id", 2).put("disposition_id", 2).put("status_id", 2);
            case ASK -> out.put("action_id", 0).put("disposition_id", delayed).put("status_id", 0);
        }
        out.put("status_detail", decision.because())
                .put("policy", new CanonicalTree().put("name", decision.rule()).put("group", boundary(decision)));
    }

    private static @Nullable CanonicalTree boundary(Decision decision) {
        return decision.boundary() == null ? null : new CanonicalTree().put("name", decision.boundary());
    }

    private static int severity(Event event) {
        if (event.body() instanceof Body.Finding finding) {
            return switch (finding.severity()) {
                case OBSERVE -> 1;
                case REVIEW -> 3;
                case ACT -> 4;
            };
        }
        return event.decision() != null && event.decision().denied() ? 2 : 1;
    }
}
