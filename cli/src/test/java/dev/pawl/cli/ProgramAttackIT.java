package dev.pawl.cli;

import dev.pawl.cli.AttackTargets.Place;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The attacks on a charter that names its programs: outside each runs a program of its own choice, inside none does,
 * races included, and what the charter grants goes on working. The granted programs are an interpreter and whatever is
 * known to start others on request; there is no shell.
 */
final class ProgramAttackIT {
    private static final List<String> FEW = List.of("--iterations", "200");
    /** Where the look alone holds, one in ten is won. */
    private static final List<String> MANY = List.of("--iterations", "600");

    @TestFactory
    Stream<DynamicTest> outsideEachAttackWorks() throws IOException, InterruptedException {
        return AttackIT.tests(AttackTargets.programNames(), AttackTargets.runPrograms(Place.BARE, FEW));
    }

    @TestFactory
    Stream<DynamicTest> insideNoneDoes() throws IOException, InterruptedException {
        AttackIT.assumeLauncher();
        return AttackIT.tests(AttackTargets.programNames(), AttackTargets.runPrograms(Place.HELD, MANY));
    }
}
