package dev.pawl.ledger.ocsf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.core.ProcessInfo;
import dev.pawl.verify.TreeHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OcsfEventsTest {
    private static final Path SCHEMA = Path.of(System.getProperty("pawl.root"), "..", "shared/corpora/standards/ocsf")
            .normalize();
    private static final Instant TIME = Instant.parse("2026-11-22T05:00:00.123456Z");
    private static final ProcessInfo SSH = new ProcessInfo(41, 40, "/usr/bin/ssh", List.of("ssh", "box"), "/w", "dev");

    private final OcsfEvents ocsf = new OcsfEvents("box.example", "pawl.local/1");

    static List<Body> bodies() {
        return List.of(
                new Body.Exec("/bin/ls", List.of("ls", "-l"), "/w", new Body.Parent(40, "/bin/sh", List.of("sh"))),
                new Body.Dns("a.example", "A", List.of(), "NXDOMAIN"),
                new Body.Dns("a.example", "A", List.of("198.18.0.1"), "ODD"),
                new Body.Connect("tcp", "a.example", "198.18.0.1", 443),
                new Body.Connect("udp", null, "2001:db8:0:0:0:0:0:9", 53),
                new Body.Connect("unix", null, "/run/x.sock", 0),
                new Body.Flow("f", "a.example", "203.0.113.9", 443, "tls", 1, 2, TIME, null),
                new Body.Flow("f", null, "203.0.113.9", 443, "tls", 1L << 40, 2, TIME, TIME.plusSeconds(1)),
                new Body.FileAccess("/home/dev/.ssh/id_ed25519", "read", true),
                new Body.FileAccess("x", "odd", false),
                new Body.Resource(5, 0.25, 1L << 33, 3),
                new Body.Control("stop", "", 1.5, null),
                new Body.Control("freeze", "ledger", null, "the disk is full"),
                new Body.Finding("d", "t", Body.Severity.ACT, "no-spending", List.of("T1496"), List.of("01A", "01B")),
                new Body.Finding("d", "t", Body.Severity.OBSERVE, null, List.of(), List.of()));
    }

    @Test
    void everyKindIsWhatTheSchemaSays() throws IOException {
        assumeTrue(Files.isDirectory(SCHEMA), "needs " + SCHEMA);
        OcsfSchema schema = new OcsfSchema(SCHEMA);
        int lines = 0;
        Set<String> faults = new TreeSet<>();
        for (Body body : bodies()) {
            for (Event event : List.of(
                    event(body, SSH, Decision.allow("network.allow[0]", "granted")),
                    event(body, SSH, Decision.deny("default", "no-spending", "not granted")),
                    event(body, SSH, Decision.ask("commands[0]", "a person looks first")),
                    event(body, null, null))) {
                for (long entry : new long[] {-1, 0, 1L << 40}) {
                    schema.faults(ocsf.line(entry, event)).forEach(fault -> faults.add(body.kind() + ": " + fault));
                    lines++;
                }
            }
        }
        assertThat(faults).isEmpty();
        System.out.println("OCSF: " + lines + " events as the schema has them");
    }

    /** A check that finds nothing must be one that can find something. */
    @Test
    void theCheckFindsFaults() throws IOException {
        assumeTrue(Files.isDirectory(SCHEMA), "needs " + SCHEMA);
        OcsfSchema schema = new OcsfSchema(SCHEMA);
        String good = new String(ocsf.line(1, event(bodies().getFirst(), SSH, Decision.allow("exec", "may"))), UTF_8);
        List<String[]> edits = new ArrayList<>();
        edits.add(new String[] {"\"severity_id\":1,", ""});
        edits.add(new String[] {"\"severity_id\":1", "\"severity_id\":7"});
        edits.add(new String[] {"\"severity_id\":1", "\"severity_id\":\"1\""});
        edits.add(new String[] {"\"severity_id\":1", "\"severity_id\":1,\"odd\":1"});
        edits.add(new String[] {"\"type_uid\":100701", "\"type_uid\":100702"});
        edits.add(new String[] {"\"ai_operation\",", ""});
        edits.add(new String[] {"\"hostname\":\"box.example\",", ""});
        edits.add(new String[] {"\"algorithm_id\":3,", ""});
        edits.add(new String[] {"\"class_uid\":1007", "\"class_uid\":1099"});
        for (String[] edit : edits) {
            assertThat(good).contains(edit[0]);
            assertThat(schema.faults(good.replace(edit[0], edit[1]).getBytes(UTF_8)))
                    .as(edit[1])
                    .isNotEmpty();
        }
        assertThat(schema.faults(good.getBytes(UTF_8))).isEmpty();
    }

    /** The hash is over the event without it, as the profile record_integrity has it. */
    @Test
    void theFingerprintIsThatOfTheEvent() {
        String line = new String(ocsf.line(7, event(bodies().getFirst(), SSH, null)), UTF_8).strip();
        int from = line.indexOf(",\"fingerprint\":{");
        int to = line.indexOf('}', from) + 1;
        String without = line.substring(0, from) + line.substring(to);
        String hash = HexFormat.of().formatHex(TreeHash.sha256().digest(without.getBytes(UTF_8)));
        assertThat(line.substring(from, to)).contains("\"value\":\"" + hash + "\"");
        assertThat(line).contains("\"uid\":\"pawl.local/1#7\"");
    }

    private static Event event(Body body, @Nullable ProcessInfo process, @Nullable Decision decision) {
        return new Event("01J", TIME, "fixer", "r-1", "01I", process, body, decision);
    }
}
