package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Boundary;
import dev.pawl.core.Charter;
import dev.pawl.core.Cidr;
import dev.pawl.core.CommandGrant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTextTest {
    private static final int LONGEST = 120;

    @TempDir
    Path temporary;

    @Test
    void saysWhoseAgentItIsAndWhatItMay() throws Exception {
        Bench bench = Bench.in(temporary);
        String text = AgentText.render(PolicyBundle.of(bench.load(Bench.MINIMAL + """
                network:
                  allow: [{host: api.example.com}, {host: '*.mirror.example.com', port: 80}, {host: b.example.com}]
                  addresses: [{cidr: 10.1.0.0/16, port: 5432}]
                env: {pass: [API_KEY], set: {A: b}}
                budget: {wall: 1h, egress: 100MiB, processes: 512}
                """)));
        assertThat(text)
                .contains("You are `fixer`, an autonomous agent, and you work for Ada Lovelace.")
                .contains("> Fix failing tests\n")
                .contains("- Change files: in your workspace `" + bench.project() + "`.")
                .contains("- Reach over tls on port 443: `api.example.com`, `b.example.com`.")
                .contains("- Reach over http on port 80: any name below `mirror.example.com`.")
                .contains("- Reach over tcp on port 5432: `10.1.0.0/16`.")
                .contains("if they are set: `A`, `API_KEY`.")
                .contains("1h in all, 512 processes and threads at once, 100MiB sent to the outside")
                .contains("ask Ada Lovelace to allow it");
    }

    @Test
    void teachesEveryBoundaryInForceAndNoOther() throws Exception {
        Bench bench = Bench.in(temporary);
        PolicyBundle alone = PolicyBundle.of(bench.load(Bench.MINIMAL));
        String text = AgentText.render(alone);
        assertThat(StandardBoundaries.all())
                .isNotEmpty()
                .allSatisfy(boundary -> assertThat(text).contains(boundary.id(), boundary.never(), boundary.because()));
        Boundary own = new Boundary("no-gossip", "Write about Ada", "She asked for it", nothing(), "", List.of(), "");
        Zone closed = zone("production", "fixer-of-something-else");
        Organization organization = new Organization(
                "Example Corp",
                List.of(closed, zone("lab", "fixer")),
                DefaultGrants.NONE,
                List.of(own),
                List.of(new Lift("no-spending", List.of("fixer"), "Dana reads all of it")),
                Limits.NONE,
                List.of(),
                List.of(),
                "/etc/pawl/organization.yaml");
        String under = AgentText.render(new PolicyBundle(alone.charter(), organization, List.of()));
        assertThat(under)
                .contains("you work for Ada Lovelace at Example Corp.")
                .contains("- **no-gossip** Never: Write about Ada. Because: She asked for it.\n")
                .contains("- **zone production** Closed to you: `*.prod.example.com`, `10.10.0.0/16`, `/srv/prod`.")
                .doesNotContain("no-spending", "zone lab");
    }

    @Test
    void aRestrictedAgentIsToldItsPrograms() throws Exception {
        Charter any = Bench.in(temporary).load(Bench.MINIMAL);
        List<CommandGrant> commands = List.of(
                new CommandGrant("commands[0]", Path.of("/usr/bin/cat"), List.of()),
                new CommandGrant(
                        "commands[1]",
                        Path.of("/usr/bin/git"),
                        List.of(
                                new CommandGrant.Arguments(List.of("status"), false),
                                new CommandGrant.Arguments(List.of("diff"), true),
                                new CommandGrant.Arguments(List.of(), false))));
        Charter restricted = new Charter(
                any.agent(),
                any.owner(),
                any.purpose(),
                any.workspace(),
                any.files(),
                any.network(),
                Optional.of(commands),
                any.env(),
                any.budget(),
                any.boundaries(),
                any.instructions(),
                any.source());
        assertThat(AgentText.render(PolicyBundle.of(any))).contains("- Start: any program you can see.");
        assertThat(AgentText.render(PolicyBundle.of(restricted)))
                .contains(
                        "- Start: only these programs: `/usr/bin/cat` with any arguments; `/usr/bin/git` with `status`"
                                + " or `diff` and anything after it or no arguments. Nothing else starts, no shell either.");
    }

    @Test
    void anAgentIsToldWhatAsksAndToWait() throws Exception {
        Bench bench = Bench.in(temporary);
        String asking = AgentText.render(PolicyBundle.of(bench.load(Bench.MINIMAL + """
                network:
                  allow: [{host: a.example.com}, {host: b.example.com, ask: a deployment reaches customers}]
                  addresses: [{cidr: 10.1.0.0/16, port: 5432, ask: true}]
                commands: [{program: sh, arguments: [-n]}, {program: sh, ask: a shell runs anything}]
                asks: {wait: 10m}
                """)));
        String sh = Path.of("/usr/bin/sh").toRealPath().toString();
        assertThat(asking)
                .contains("- Reach over tls on port 443: `a.example.com`, `b.example.com` (a person is asked first: a"
                        + " deployment reaches customers).\n")
                .contains("- Reach over tcp on port 5432: `10.1.0.0/16` (a person is asked first).\n")
                .contains("`" + sh + "` with `-n`; `" + sh
                        + "` with any arguments (a person is asked first: a shell runs" + " anything).")
                .contains("- Where a person is asked first, what you try waits up to 10m for the answer;")
                .contains("a nonblocking connection opens at once and stays silent until the answer")
                .contains("trying again meets the same question and the same answer");
        Charter silent = bench.load(Bench.MINIMAL);
        assertThat(AgentText.render(PolicyBundle.of(silent))).doesNotContain("person is asked");
        PolicyFile written = new PolicyFile("policies/a.cedar", "@ask permit (principal, action, resource);");
        assertThat(AgentText.render(new PolicyBundle(silent, Organization.NONE, List.of(written))))
                .contains("what you try waits up to 5m");
    }

    /** An agent that knows where the decoys lie opens the others. */
    @Test
    void decoysAreNotTold() throws Exception {
        assertThat(AgentText.render(PolicyBundle.of(Bench.in(temporary).load(Bench.MINIMAL))))
                .doesNotContainIgnoringCase("decoy")
                .doesNotContainIgnoringCase("canary")
                .doesNotContainIgnoringCase("honey");
    }

    @Test
    void staysShortHoweverMuchIsGranted() throws Exception {
        Bench bench = Bench.in(temporary);
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            hosts.add("{host: h" + i + ".example.com}");
        }
        String text = AgentText.render(
                PolicyBundle.of(bench.load(Bench.MINIMAL + "network: {allow: [" + String.join(", ", hosts) + "]}\n")));
        assertThat(text.lines().count()).isLessThan(LONGEST);
        assertThat(text.length()).isLessThan(16_000);
        assertThat(text).contains("`h39.example.com`, and 860 more.");
    }

    private static Zone zone(String id, String agent) {
        return new Zone(
                id,
                "Customers notice",
                Zone.DEFAULT_BOUNDARY,
                List.of(Cidr.parse("10.10.0.0/16")),
                List.of("*.prod.example.com"),
                List.of(Path.of("/srv/prod")),
                List.of(agent));
    }

    private static Boundary.Forbidden nothing() {
        return new Boundary.Forbidden(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), "");
    }
}
