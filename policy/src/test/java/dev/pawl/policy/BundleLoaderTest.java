package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.HostGrant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleLoaderTest {
    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void directories() throws Exception {
        bench = Bench.in(temporary);
        Files.createDirectories(bench.system());
        Files.createDirectories(bench.home().resolve("shared"));
    }

    @Test
    void withoutAnOrganisationACharterStandsAlone() throws Exception {
        PolicyBundle bundle = load(Bench.MINIMAL);
        assertThat(bundle.organization()).isEqualTo(Organization.NONE);
        assertThat(bundle.policies()).isEmpty();
        assertThat(bundle.boundaries())
                .extracting(boundary -> boundary.id())
                .isEqualTo(StandardBoundaries.all().stream()
                        .map(boundary -> boundary.id())
                        .toList());
    }

    @Test
    void defaultGrantsAreJoinedAndShownAsComments() throws Exception {
        organization(bench.system(), OrganizationReaderTest.FULL);
        Charter charter = load(Bench.MINIMAL + "network: {allow: [{host: a.example.com}]}\ncommands: [{program: ls}]\n")
                .charter();
        assertThat(charter.network().allow())
                .extracting(HostGrant::id)
                .containsExactly("network.allow[0]", "organization.grants.network.allow[0]");
        assertThat(charter.commands().orElseThrow())
                .extracting(CommandGrant::id)
                .containsExactly("commands[0]", "organization.grants.commands[0]");
        assertThat(charter.files().read()).containsExactly(bench.home().resolve("shared"));
        assertThat(charter.env().pass()).containsExactly("HTTP_TOKEN");
        assertThat(charter.budget().wall()).contains(Duration.ofHours(8));
        assertThat(CharterText.render(charter))
                .contains("# organization.grants.network.allow[0]: pypi.example.com 443 tls\n");
        assertThat(load(CharterText.render(charter)).charter()).isEqualTo(charter);
    }

    @Test
    void grantsOfCommandsRestrictNobodyWhoIsNotRestricted() throws Exception {
        organization(bench.system(), OrganizationReaderTest.FULL);
        assertThat(load(Bench.MINIMAL).charter().commands()).isEmpty();
        Charter charter = load(Bench.MINIMAL + "commands: []\n").charter();
        assertThat(charter.commands().orElseThrow()).hasSize(1);
        assertThat(load(CharterText.render(charter)).charter()).isEqualTo(charter);
    }

    @Test
    void whatACharterHasAlreadyIsNotAddedAgain() throws Exception {
        organization(bench.system(), OrganizationReaderTest.FULL);
        Charter charter = load(Bench.MINIMAL + "files: {write: [~/shared]}\nenv: {set: {HTTP_TOKEN: mine}}\n")
                .charter();
        assertThat(charter.files().read()).isEmpty();
        assertThat(charter.env().pass()).isEmpty();
    }

    @Test
    void aCharterStaysWithinTheLimits() throws Exception {
        Path file = organization(bench.state(), OrganizationReaderTest.FULL);
        assertThat(problems(Bench.MINIMAL + """
                network: {allow: [{host: evil.example}, {host: "*.example.com"}, {host: "*.a.example.com"}]}
                budget: {wall: 9h, cpu: 30m, memory: 8GiB, processes: 4096, egress: 2GiB, tmp: 2GiB}
                """))
                .containsExactly(
                        "5:26: network.allow[0].host is evil.example; the organisation (ORG) allows only *.example.com"
                                .replace("ORG", file.toString()),
                        problem("6:16: budget.wall is 9h; ORG allows at most 8h", file),
                        problem("6:38: budget.memory is 8GiB; ORG allows at most 4GiB", file),
                        problem("6:55: budget.processes is 4096; ORG allows at most 1024", file),
                        problem("6:69: budget.egress is 2GiB; ORG allows at most 1GiB", file),
                        problem("6:80: budget.tmp is 2GiB; ORG allows at most 1GiB", file));
    }

    @Test
    void whatACharterDoesNotNameIsTheLimit() throws Exception {
        organization(bench.state(), OrganizationReaderTest.FULL);
        Budget limits = new Budget(
                Optional.of(Duration.ofHours(8)),
                Optional.of(Duration.ofHours(1)),
                Optional.of(4L << 30),
                1024,
                Optional.of(1L << 30),
                1L << 30);
        assertThat(load(Bench.MINIMAL).charter().budget()).isEqualTo(limits);
        PolicyBundle builtIn = BundleLoader.builtIn(bench.surroundings());
        assertThat(builtIn.charter().budget()).isEqualTo(limits);
        assertThat(builtIn.charter().network().allow()).hasSize(1);
        organization(bench.state(), "organization: X\nlimits: {processes: 9000, tmp: 9GiB}\n");
        assertThat(load(Bench.MINIMAL).charter().budget()).isEqualTo(Budget.DEFAULT);
    }

    @Test
    void aLiftedBoundaryDoesNotHoldForItsAgents() throws Exception {
        organization(bench.state(), OrganizationReaderTest.FULL);
        String boundary = "no-credential-hunting";
        assertThat(load(Bench.MINIMAL).boundaries())
                .extracting(found -> found.id())
                .contains(boundary, "no-crm");
        assertThat(load(Bench.MINIMAL.replace("fixer", "auditor")).boundaries())
                .extracting(found -> found.id())
                .doesNotContain(boundary)
                .contains("no-crm");
    }

    @Test
    void aBoundaryOfTheOrganisationKeepsItsId() throws Exception {
        organization(bench.state(), OrganizationReaderTest.FULL);
        assertThat(problems(Bench.MINIMAL + "boundaries: [{id: no-crm, never: N, because: B, ports: [1]}]"))
                .containsExactly(
                        "5:19: boundaries[0].id is \"no-crm\", which another boundary is called; choose another id");
    }

    @Test
    void twoOrganisationsAreOneTooMany() throws Exception {
        Path machine = organization(bench.system(), "organization: X\n");
        Path user = organization(bench.state(), "organization: Y\n");
        assertThatThrownBy(() -> load(Bench.MINIMAL))
                .isInstanceOf(CharterException.class)
                .hasMessage(machine + ": and " + user + " are both there, and only one file can stand above all"
                        + " charters; remove one of the two");
    }

    @Test
    void whatIsThereAndCannotBeReadIsNotPassedOver() throws Exception {
        Path file = bench.state().resolve("organization.yaml");
        Files.createSymbolicLink(file, bench.home().resolve("nowhere"));
        assertThatThrownBy(() -> load(Bench.MINIMAL)).hasMessage(file + ": is not a regular file");
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> BundleLoader.builtIn(bench.surroundings()))
                .hasMessage(file + ": is not a regular file");
        Files.delete(file);
        Files.writeString(file, "organization: X\nzones: 7\n");
        assertThatThrownBy(() -> load(Bench.MINIMAL))
                .hasMessage(file + ":2:8: zones is the number 7; a list is allowed here: write [7]");
    }

    private static String problem(String text, Path file) {
        return text.replace("ORG", "the organisation (" + file + ")");
    }

    private static Path organization(Path directory, String yaml) throws Exception {
        return Files.writeString(directory.resolve("organization.yaml"), yaml);
    }

    private PolicyBundle load(String yaml) throws Exception {
        Files.writeString(bench.project().resolve("pawl.yaml"), yaml);
        return BundleLoader.load(Path.of("pawl.yaml"), bench.surroundings());
    }

    private List<String> problems(String yaml) throws Exception {
        try {
            load(yaml);
            return List.of();
        } catch (CharterException e) {
            return e.problems().stream()
                    .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
                    .toList();
        }
    }
}
