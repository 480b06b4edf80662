package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Boundary;
import dev.pawl.core.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardBoundariesTest {
    private static final List<String> IDS = List.of(
            "no-covert-channels",
            "no-unassigned-compute",
            "no-spending",
            "no-credential-hunting",
            "no-lateral-movement",
            "no-persistence",
            "no-self-replication",
            "no-oversight-tampering",
            "no-data-exfiltration",
            "no-external-messages",
            "no-production-change");

    @TempDir
    Path temporary;

    @Test
    void everyOneSaysWhatWhyAndWhatShowsIt() {
        List<Boundary> boundaries = StandardBoundaries.all();
        assertThat(boundaries).extracting(Boundary::id).isEqualTo(IDS);
        assertThat(boundaries).allSatisfy(boundary -> {
            assertThat(boundary.never()).isNotBlank();
            assertThat(boundary.because()).isNotBlank();
            assertThat(boundary.drill()).isNotEmpty();
            assertThat(boundary.demo()).isNotBlank();
        });
    }

    @Test
    void theReaderOfAllOtherBoundariesFindsTheSame() throws Exception {
        Bench bench = Bench.in(temporary);
        Problems problems = new Problems(StandardBoundaries.RESOURCE, Document.BOUNDARIES);
        Value root = new Value(
                new YamlText(problems).read(StandardBoundaries.bytes()).orElseThrow(), "", problems);
        List<Boundary> read = new BoundaryReader(bench.surroundings()).standard(root);
        problems.throwIfAny();
        assertThat(StandardBoundaries.all(bench.surroundings())).isEqualTo(read);
        assertThat(StandardBoundaries.ids())
                .isEqualTo(read.stream().map(Boundary::id).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id: x",
                "- id: x\n    never: y",
                "- id: x\n   never: y",
                "- id: x\n  id: y",
                "- id: 'x'",
                "- id: &a x",
                "- id: a: b",
                "- id: a # b",
                "- id: \"a\\n\"",
                "- id: {a: b}",
                "- id: >\n    x",
                "- id: |-\n    x",
                "- hosts:",
                "- hosts: [a, 'b']",
                "- hosts: [a,\n    b]",
                "- hosts:\n    - a\n     - b",
                "- hosts:\n    - [a]",
                "- paths: {read: [a]}",
                "- paths:\n    read:\n    - a",
                "- ID: x",
                "---\n- id: x",
                "\t- id: x"
            })
    void formsItDoesNotKnowAreNotGuessed(String text) {
        assertThatThrownBy(() -> List.copyOf(StandardText.read("x.yaml", text)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("x.yaml:");
    }

    /** With the target alone, a grant to write in ~/.config could exchange the link. */
    @Test
    void aLinkCountsWhereItLiesAndWhereItLeads() throws IOException {
        Bench bench = Bench.in(temporary);
        Path files = Files.createDirectories(bench.home().resolve("dotfiles"));
        Path target = Files.createFile(files.resolve("rc"));
        List<Path> links = List.of(
                bench.home().resolve(".bashrc"),
                bench.home().resolve(".zshrc"),
                Files.createDirectories(bench.home().resolve(".config")).resolve("autostart"));
        for (Path link : links) {
            Files.createSymbolicLink(link, target);
        }
        List<Path> write = StandardBoundaries.all(bench.surroundings()).stream()
                .flatMap(boundary -> boundary.forbidden().write().stream())
                .toList();
        assertThat(write).containsAll(links).containsOnlyOnce(target);
    }

    @Test
    void pathsBelowHomeAreThoseOfTheInvokingUser() {
        Bench bench = Bench.in(temporary);
        Boundary credentials = StandardBoundaries.all(bench.surroundings()).stream()
                .filter(boundary -> boundary.id().equals("no-credential-hunting"))
                .findFirst()
                .orElseThrow();
        assertThat(credentials.forbidden().read())
                .anyMatch(path -> path.startsWith(bench.home().resolve(".ssh")));
        assertThat(credentials.forbidden().networks()).contains(Cidr.parse("169.254.169.254"));
    }
}
