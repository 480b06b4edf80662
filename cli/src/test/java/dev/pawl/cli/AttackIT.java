package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pawl.cli.AttackTargets.Input;
import dev.pawl.cli.AttackTargets.Place;
import dev.pawl.cli.AttackTargets.Result;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The attack list, bare and held: outside each attack works (so that the list can fail), inside none does, nothing
 * hangs, and honest work goes on. What is known of each attack stands beside it in the scripts ({@code registry.py}).
 */
final class AttackIT {
    private static final List<String> INPUT_ATTACKS =
            List.of("stdio-directory", "stdio-socket", "terminal-input", "terminal-input-high-bits", "terminal-linux");

    @TestFactory
    Stream<DynamicTest> outsideEachAttackWorks() throws IOException, InterruptedException {
        return tests(AttackTargets.names(false), AttackTargets.run(Place.BARE, Input.NULL, List.of(), List.of()));
    }

    @TestFactory
    Stream<DynamicTest> outsideTooMuchIsPossible() throws IOException, InterruptedException {
        List<String> heavy = heavy();
        return tests(heavy, AttackTargets.run(Place.BARE, Input.NULL, List.of("--connects", "500"), heavy));
    }

    @TestFactory
    Stream<DynamicTest> outsideStandardInputIsADoor() throws IOException, InterruptedException {
        return Stream.of(Input.DIR, Input.UDP, Input.TCP)
                .map(input -> dynamicTest(
                        input.name(),
                        () -> assertThat(AttackTargets.run(Place.BARE, input, List.of(), INPUT_ATTACKS))
                                .anyMatch(Result::worked)));
    }

    @TestFactory
    Stream<DynamicTest> insideNoneDoes() throws IOException, InterruptedException {
        assumeLauncher();
        return tests(AttackTargets.names(false), AttackTargets.run(Place.HELD, Input.NULL, List.of(), List.of()));
    }

    @TestFactory
    Stream<DynamicTest> insideTooMuchEndsAtTheLimit() throws IOException, InterruptedException {
        assumeLauncher();
        List<String> heavy = heavy();
        return tests(heavy, AttackTargets.run(Place.HELD, Input.NULL, List.of(), heavy));
    }

    @TestFactory
    Stream<DynamicTest> insideStandardInputIsNoDoor() throws IOException, InterruptedException {
        assumeLauncher();
        return Stream.of(Input.values())
                .filter(input -> input != Input.NULL)
                .map(input -> dynamicTest(
                        input.name(),
                        () -> assertThat(AttackTargets.run(Place.HELD, input, List.of(), INPUT_ATTACKS))
                                .noneMatch(Result::worked)));
    }

    /** One test an attack, and one that none was left out. */
    static Stream<DynamicTest> tests(List<String> names, List<Result> results) {
        Stream<DynamicTest> each = results.stream()
                .map(result -> dynamicTest(
                        result.attack(),
                        () -> assertThat(result.problem()).as(result.detail()).isEqualTo("-")));
        List<String> spoken = results.stream().map(Result::attack).toList();
        return Stream.concat(
                Stream.of(dynamicTest(
                        "every attack was tried", () -> assertThat(spoken).containsAll(names))),
                each);
    }

    /** Without the counter of the freeze test, which only counts. */
    private static List<String> heavy() throws IOException, InterruptedException {
        return AttackTargets.names(true).stream()
                .filter(name -> !name.equals("freeze-beater"))
                .toList();
    }

    static void assumeLauncher() {
        assumeThat(AttackTargets.launcher()).as("the launcher ./pawl").isExecutable();
    }
}
