package dev.pawl.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.policy.Bench;
import dev.pawl.policy.CharterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of policies written in Cedar, and what is said of them. */
final class RawDiffTest {
    private static final String CHARTER = "agent: fixer\nowner: {name: Ada}\npurpose: Fix tests\nworkspace: work\n";
    private static final String PERMIT =
            "permit (principal, action == Action::\"connect\", resource in Domain::\"example.com\")";
    private static final String FORBID = "forbid (principal, action == Action::\"exec\", resource in Path::\"/opt/a\")";

    @TempDir
    private Path temporary;

    private Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() throws IOException {
        bench = Bench.in(temporary);
        Files.createDirectories(bench.project().resolve("work"));
        Files.createDirectories(bench.project().resolve("policies"));
    }

    @Test
    void addedAndRemoved() throws CharterException, IOException {
        says(
                "",
                PERMIT + ";",
                "looser: policies/site.cedar[0]: none -> @protocol(\"tls\") " + PERMIT
                        + "; (a permit more; what else grants it was not looked at)");
        says(
                PERMIT + ";",
                "",
                "tighter: policies/site.cedar[0]: @protocol(\"tls\") " + PERMIT + "; -> none (a permit less)");
        says(
                "",
                "@id(\"no-opt\")\n" + FORBID + ";",
                "tighter: policies/site.cedar no-opt: none -> " + FORBID + "; (a prohibition more)");
        says(
                FORBID + ";",
                "",
                "looser: policies/site.cedar[0]: " + FORBID
                        + "; -> none (a prohibition less; what else refuses it was not looked at)");
    }

    @Test
    void anotherOrderNameOrReasonIsNoChange() throws CharterException, IOException {
        says(
                PERMIT + ";\n" + FORBID + ";",
                "// moved\n@because(\"another reason\")\n" + FORBID + ";\n@id(\"named\")\n@protocol(\"tls\")\n" + PERMIT
                        + ";");
    }

    @Test
    void changedHeads() throws CharterException, IOException {
        is(PERMIT, PERMIT.replace("example.com", "a.example.com"), Sign.TIGHTER);
        is(PERMIT, PERMIT.replace("in Domain::\"example.com\"", "== Host::\"a.example.com\""), Sign.TIGHTER);
        is(PERMIT, PERMIT.replace(" in Domain::\"example.com\"", " is Host"), Sign.EITHER);
        is(PERMIT, PERMIT.replace(" in Domain::\"example.com\"", " is Host in Domain::\"example.com\""), Sign.TIGHTER);
        is(PERMIT, PERMIT.replace(" in Domain::\"example.com\"", ""), Sign.LOOSER);
        is(PERMIT, PERMIT.replace("example.com", "example.org"), Sign.EITHER);
        is(PERMIT, PERMIT.replace("action == Action::\"connect\"", "action in Action::\"network\""), Sign.LOOSER);
        is(PERMIT, PERMIT.replace("action == Action::\"connect\"", "action in [Action::\"connect\"]"), Sign.SAME);
        is(PERMIT, PERMIT.replace("principal,", "principal == Agent::\"fixer\","), Sign.TIGHTER);
        is(FORBID, FORBID.replace("/opt/a", "/opt"), Sign.TIGHTER);
        is(FORBID, FORBID.replace("/opt/a", "/opt/ab"), Sign.EITHER);
        is(FORBID, FORBID.replace("in Path::\"/opt/a\"", "== Program::\"/opt/a/b\""), Sign.LOOSER);
        is("@protocol(\"http\") " + PERMIT, "@protocol(\"tcp\") " + PERMIT, Sign.LOOSER);
        is("@protocol(\"http\") " + PERMIT, PERMIT, Sign.EITHER);
    }

    @Test
    void changedConditions() throws CharterException, IOException {
        String port = " when { context.port == 443 }";
        String tcp = " when { context.transport == \"tcp\" }";
        is(PERMIT + port, PERMIT, Sign.LOOSER);
        is(PERMIT + port, PERMIT + tcp + port, Sign.TIGHTER);
        is(PERMIT + port, PERMIT + " when { context.port == 80 }", Sign.EITHER);
        is(PERMIT + port, PERMIT.replace(" in Domain::\"example.com\"", "") + port + tcp, Sign.EITHER);
        String arguments = " when { context.arguments > 1 }";
        String cwd = " unless { context.cwd == \"/\" }";
        is(FORBID + arguments, FORBID + arguments + cwd, Sign.LOOSER);
        is(FORBID + arguments + cwd, FORBID + arguments, Sign.TIGHTER);
        // It may fail where the other did not hold, and a prohibition that fails refuses.
        is(FORBID + arguments, FORBID + cwd + arguments, Sign.EITHER);
    }

    @Test
    void whetherAPersonIsAsked() throws CharterException, IOException {
        String asks = "@id(\"r\") @ask(\"why\") " + PERMIT + ";";
        String free = "@id(\"r\") " + PERMIT + ";";
        String place = "policies/site.cedar r: ";
        String askText = "@protocol(\"tls\") @ask(\"why\") " + PERMIT + ";";
        String freeText = "@protocol(\"tls\") " + PERMIT + ";";
        says(free, asks, "tighter: " + place + freeText + " -> " + askText + " (a person is asked now)");
        says(asks, free, "looser: " + place + askText + " -> " + freeText + " (nobody is asked any more)");
        says(asks, asks.replace("why", "why not"));
        says(
                "",
                asks,
                "looser: " + place + "none -> " + askText + " (a permit more; what else grants it was not looked at)");
        is(PERMIT, "@ask " + PERMIT.replace("example.com", "a.example.com"), Sign.TIGHTER);
        is("@ask " + PERMIT, PERMIT.replace("example.com", "a.example.com"), Sign.EITHER);
        is("@ask " + PERMIT, "@ask " + PERMIT.replace(" in Domain::\"example.com\"", ""), Sign.LOOSER);
    }

    @Test
    void inABoundary() throws CharterException {
        String boundary = """
                boundaries:
                  - id: no-opt
                    never: Run programs of /opt
                    because: Old
                    cedar: |
                      %s;
                """;
        Comparison comparison = CharterDiff.between(
                Side.of(bench.bundle(CHARTER + boundary.formatted(FORBID))),
                Side.of(bench.bundle(CHARTER + boundary.formatted(FORBID.replace("/opt/a", "/opt")))));
        assertThat(comparison.changes())
                .extracting(Change::text)
                .containsExactly("tighter: boundaries.no-opt.cedar[0]: " + FORBID + "; -> "
                        + FORBID.replace("/opt/a", "/opt") + "; (it is about more attempts than before)");
    }

    private void is(String one, String other, Sign sign) throws CharterException, IOException {
        Comparison comparison = diff("@id(\"r\") " + one + ";", "@id(\"r\") " + other + ";");
        if (sign == Sign.SAME) {
            assertThat(comparison.changes()).allMatch(change -> change.sign() == Sign.SAME);
        } else {
            assertThat(comparison.changes())
                    .as(one + " -> " + other)
                    .extracting(Change::sign)
                    .containsExactly(sign);
        }
    }

    private void says(String one, String other, String... lines) throws CharterException, IOException {
        assertThat(diff(one, other).changes()).extracting(Change::text).containsExactly(lines);
    }

    private Comparison diff(String one, String other) throws CharterException, IOException {
        return CharterDiff.between(side(one), side(other));
    }

    private Side side(String cedar) throws CharterException, IOException {
        Files.writeString(bench.project().resolve("policies/site.cedar"), cedar);
        return Side.of(bench.bundle(CHARTER));
    }
}
