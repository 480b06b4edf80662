package dev.pawl.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may know of what, read from the compiled classes of all modules. ARCHITECTURE.md says the same for people. */
final class StructureTest {
    /** Each module and the modules of Pawl it may use. An arrow that is not here is a fault. */
    private static final Map<String, List<String>> MODULES = Map.of(
            "core",
            List.of(),
            "policy",
            List.of("core"),
            "verify",
            List.of(),
            "ledger",
            List.of("core", "verify"),
            "detect",
            List.of("core"),
            "sandbox",
            List.of("core"),
            "gateway",
            List.of("core"),
            "drill",
            List.of("core"),
            "server",
            List.of("core", "policy", "ledger"),
            "cli",
            List.of("core", "verify", "policy", "ledger", "detect", "sandbox", "gateway", "drill", "server"));

    /** Each foreign package and the only modules that may use it. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "java.lang.foreign..", List.of("sandbox"),
            "io.netty..", List.of("gateway"),
            "picocli..", List.of("cli"),
            "org.snakeyaml..", List.of("policy", "detect"),
            "com.cedarpolicy..", List.of("policy"),
            "com.google.re2j..", List.of("detect"),
            "tools.jackson..", List.of("ledger", "gateway", "server", "drill", "cli"),
            "org.apache.sshd..", List.of("drill"),
            "java.sql..", List.of("ledger", "server"));

    /** Ends a run from another process, where nobody is left to hand it a clock or to take its last word. */
    private static final String HARD_STOP = "dev.pawl.server.HardStop";

    /** Speaks on standard error when the record, where everything else is said, cannot be written. */
    private static final String MONITOR = "dev.pawl.server.RunMonitor";

    /** The verifier as a program of its own. */
    private static final String VERIFY_MAIN = "dev.pawl.verify.VerifyMain";

    private static final String CEDAR = "dev.pawl.policy.cedar";

    private static JavaClasses all = new ClassFileImporter().importPaths(List.of());

    @BeforeAll
    static void classes() {
        all = new ClassFileImporter()
                .importPaths(MODULES.keySet().stream()
                        .map(module -> Sources.ROOT.resolve(module).resolve("target/classes"))
                        .toList());
    }

    @Test
    void theTableNamesEveryModuleAndClassesWereFound() {
        assertThat(MODULES.keySet()).containsExactlyInAnyOrderElementsOf(Sources.modules());
        for (String module : MODULES.keySet()) {
            assertThat(all.stream().filter(in(module))).as(module).isNotEmpty();
        }
    }

    @Test
    void modulesPointDownwardOnly() {
        MODULES.forEach((module, allowed) -> {
            List<String> others = new ArrayList<>(MODULES.keySet());
            others.removeAll(allowed);
            others.remove(module);
            others.forEach(other -> noClasses()
                    .that(in(module))
                    .should()
                    .dependOnClassesThat(in(other))
                    .allowEmptyShould(true)
                    .check(all));
        });
    }

    /** The verifier must be readable and trustworthy without anything else of Pawl. */
    @Test
    void coreAndVerifyDependOnNothingButAnnotations() {
        for (String module : List.of("core", "verify")) {
            noClasses()
                    .that(in(module))
                    .should()
                    .dependOnClassesThat(describe(
                            "are of a library",
                            type -> !resideInAnyPackage(
                                                    "java..", "org.jspecify..", "com.google.errorprone.annotations..")
                                            .or(in(module))
                                            .test(type)
                                    && !type.isPrimitive()
                                    && !type.isArray()))
                    .check(all);
        }
    }

    @Test
    void theCedarLanguageDependsOnNothingButTheJdk() {
        noClasses()
                .that(resideInAPackage(CEDAR))
                .should()
                .dependOnClassesThat(describe(
                        "are of another package",
                        type -> !resideInAnyPackage(
                                                "java..",
                                                CEDAR,
                                                "org.jspecify..",
                                                "com.google.errorprone.annotations..")
                                        .test(type)
                                && !type.isPrimitive()
                                && !type.isArray()))
                .check(all);
    }

    @Test
    void theSigmaEngineKnowsNothingOfPawl() {
        noClasses()
                .that(resideInAnyPackage("dev.pawl.detect.sigma.."))
                .should()
                .dependOnClassesThat(describe(
                        "are of Pawl",
                        type -> resideInAnyPackage("dev.pawl..").test(type)
                                && !resideInAnyPackage("dev.pawl.detect.sigma..")
                                        .test(type)))
                .check(all);
    }

    @Test
    void librariesStayInTheirModule() {
        LIBRARIES.forEach((library, modules) -> noClasses()
                .that(describe(
                        "are outside " + modules,
                        type -> modules.stream().noneMatch(module -> in(module).test(type))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library))
                .check(all));
    }

    @Test
    void librariesAreReallyUsedWhereTheyMay() {
        LIBRARIES.forEach((library, modules) -> modules.forEach(module -> assertThat(all.stream()
                        .filter(in(module))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .anyMatch(use -> resideInAnyPackage(library).test(use.getTargetClass())))
                .as(module + " uses " + library)
                .isTrue()));
    }

    /** Its jars are not on the class path of any command but {@code pawl charter check}. */
    @Test
    void cedarJavaStaysWithTheSchema() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pawl.policy.schema")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("com.cedarpolicy..", "com.fasterxml.jackson..", "com.google.common.."))
                .check(all);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.pawl.(**)").should().beFreeOfCycles().check(all);
    }

    @Test
    void onlyCommandsAndDrillsSpeakToATerminal() {
        DescribedPredicate<JavaClass> others = describe(
                "do not speak to people",
                type -> !in("cli").or(in("drill")).test(type)
                        && !List.of(HARD_STOP, MONITOR, VERIFY_MAIN).contains(type.getName()));
        noClasses().that(others).should().accessField(System.class, "out").check(all);
        noClasses().that(others).should().accessField(System.class, "err").check(all);
    }

    @Test
    void timeIsHandedIn() {
        DescribedPredicate<JavaClass> others = describe(
                "are not where parts are wired",
                type -> !in("cli").or(in("drill")).test(type) && !type.getName().equals(HARD_STOP));
        noClasses().that(others).should().callMethod(Clock.class, "systemUTC").check(all);
        noClasses()
                .that(others)
                .should()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(all);
        noClasses().that(others).should().callMethod(Instant.class, "now").check(all);
        noClasses()
                .that(others)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .check(all);
    }

    private static DescribedPredicate<JavaClass> in(String module) {
        return resideInAnyPackage("dev.pawl." + module + "..");
    }
}
