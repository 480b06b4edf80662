package dev.pawl.policy.engine;

import static dev.pawl.policy.Attempts.exec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Decision;
import dev.pawl.policy.Bench;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    Path temporary;

    private String ls = "";
    private String cat = "";

    @BeforeEach
    void programs() throws Exception {
        ls = Path.of("/usr/bin/ls").toRealPath().toString();
        cat = Path.of("/usr/bin/cat").toRealPath().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status", "diff", "diff a b c", "log --oneline", "show HEAD~2", "say a*b", "-Cx1y"})
    void whatAPatternSaysMayStart(String arguments) throws Exception {
        Decision decision = engine().decide(exec(ls, words(arguments)));
        assertThat(decision).isEqualTo(Decision.allow("commands[0]", "commands[0] grants " + ls));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Status", "status -v", "dif", "log", "show", "show a b", "say ab", "say", "-Cx", "-C1y extra"})
    void nothingElseMayStart(String arguments) throws Exception {
        Decision decision = engine().decide(exec(ls, words(arguments)));
        assertThat(decision)
                .isEqualTo(Decision.deny("default", null, ls + " is granted, but not with these arguments"));
    }

    @Test
    void aProgramWithoutPatternsTakesAnything() throws Exception {
        PolicyEngine engine = engine();
        String[] many = new String[300];
        Arrays.fill(many, "x");
        assertThat(engine.decide(exec(cat)).rule()).isEqualTo("commands[1]");
        assertThat(engine.decide(exec(cat, many)).rule()).isEqualTo("commands[1]");
        assertThat(engine.decide(exec(cat, "cut…")).rule()).isEqualTo("commands[1]");
    }

    @Test
    void aCommandLineThatWasCutMatchesNoPattern() throws Exception {
        PolicyEngine engine = engine();
        String[] many = new String[300];
        Arrays.fill(many, "x");
        many[0] = "diff";
        for (Decision decision :
                new Decision[] {engine.decide(exec(ls, many)), engine.decide(exec(ls, "diff", "cut…"))}) {
            assertThat(decision)
                    .isEqualTo(Decision.deny(
                            "default",
                            null,
                            ls + " is granted, but its arguments are too many or too long to be looked at whole"));
        }
    }

    @Test
    void whatIsNotNamedDoesNotStart() throws Exception {
        PolicyEngine engine = engine();
        assertThat(engine.decide(exec("/usr/bin/other")))
                .isEqualTo(Decision.deny(
                        "default",
                        null,
                        "no grant covers the program /usr/bin/other; the charter names those that may start"));
        for (String file : new String[] {"", "ls", "../usr/bin/ls", ls + "/", ls + "\u0000", "/" + ls}) {
            assertThat(engine.decide(exec(file)).allowed()).as(file).isFalse();
        }
    }

    private PolicyEngine engine() throws Exception {
        return PolicyEngine.of(Bench.in(temporary).bundle(Bench.MINIMAL + """
                commands:
                  - program: ls
                    arguments: ["", status, "diff **", "log --oneline", "show *", "say a\\\\*b", "-C*1y"]
                  - program: cat
                """));
    }

    private static String[] words(String arguments) {
        return arguments.isEmpty() ? new String[0] : arguments.split(" ");
    }
}
