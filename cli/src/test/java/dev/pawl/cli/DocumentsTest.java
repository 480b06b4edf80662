package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is written about the code stays true where a machine can tell: links, names, sizes, package documentation. */
final class DocumentsTest {
    private static final int LONGEST_SOURCE = 400;
    private static final int LONGEST_MAP = 200;
    private static final int LONGEST_AGENTS = 30;
    private static final Pattern LINK = Pattern.compile("(?<=]\\()[^)\\s]+(?=\\))");
    private static final Pattern PACKAGE = Pattern.compile("dev(\\.[a-z]+)+");
    private static final Path MAP = Sources.ROOT.resolve("ARCHITECTURE.md");

    @Test
    void everyLinkLeadsToAFile() {
        int links = 0;
        for (Path document : Sources.documents()) {
            for (String link : Sources.all(LINK, document)) {
                if (!link.contains("://") && !link.startsWith("#")) {
                    links++;
                    Path target = document.resolveSibling(link.replaceFirst("#.*", ""));
                    assertThat(target).as(link + " in " + document).exists();
                }
            }
        }
        assertThat(links).isGreaterThan(20);
    }

    @Test
    void theMapNamesEveryModuleAndPackageAndNoOther() {
        assertThat(Sources.all(PACKAGE, MAP).stream().distinct())
                .containsExactlyInAnyOrderElementsOf(Sources.packages());
        String text = Sources.read(MAP);
        assertThat(Sources.modules()).allSatisfy(module -> assertThat(text).contains("| `" + module + "` |"));
    }

    @Test
    void theMapAndTheGuideStayShort() {
        assertThat(lines(MAP)).isLessThanOrEqualTo(LONGEST_MAP);
        assertThat(lines(Sources.ROOT.resolve("AGENTS.md"))).isLessThanOrEqualTo(LONGEST_AGENTS);
    }

    @Test
    void everyPackageSaysWhatLivesThereAndWhatMayNot() {
        for (String module : Sources.modules()) {
            for (Path file : Sources.main(module)) {
                Path info = file.resolveSibling("package-info.java");
                assertThat(info).exists();
                assertThat(Sources.read(info).replaceAll("\\s+(\\*\\s*)?", " "))
                        .as(info.toString())
                        .containsIgnoringCase("lives here: ")
                        .containsIgnoringCase("may not live here: ")
                        .contains("@NullMarked");
            }
        }
    }

    @Test
    void noSourceFileIsLong() {
        for (String module : Sources.modules()) {
            assertThat(Sources.main(module))
                    .isNotEmpty()
                    .allSatisfy(
                            file -> assertThat(lines(file)).as(file.toString()).isLessThanOrEqualTo(LONGEST_SOURCE));
        }
    }

    @Test
    void everyLibraryHasItsRow() {
        String rows = Sources.read(Sources.ROOT.resolve("docs/dependencies.md"));
        Pattern artifact = Pattern.compile("(?<=<artifactId>)[^<$]+(?=</artifactId>)");
        List<Path> poms = new ArrayList<>(List.of(Sources.ROOT.resolve("pom.xml")));
        Sources.modules()
                .forEach(module -> poms.add(Sources.ROOT.resolve(module).resolve("pom.xml")));
        for (Path pom : poms) {
            assertThat(Files.exists(pom)).isTrue();
            assertThat(Sources.all(artifact, pom))
                    .filteredOn(name -> !name.equals("pawl") && !name.startsWith("pawl-"))
                    .allSatisfy(name -> assertThat(rows).as(pom.toString()).contains("`" + name + "`"));
        }
    }

    private static long lines(Path file) {
        return Sources.read(file).lines().count();
    }
}
