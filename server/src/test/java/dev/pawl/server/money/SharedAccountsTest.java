package dev.pawl.server.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.ModelLimit.Period;
import dev.pawl.core.Purse;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many streams and several processes over the accounts of one home. */
class SharedAccountsTest {
    private static final Account AGENT = new Account(Account.Kind.AGENT, "fixer");

    @TempDir
    Path home;

    @Test
    void fiftyStreamsInFourProcessesSpendWhatThereIsAndNoMore() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int number = 1; number < 4; number++) {
            processes.add(start(String.valueOf(number), "12"));
        }
        long spent = Spender.spend(home, 0, 14);
        for (Process process : processes) {
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                spent += Long.parseLong(Optional.ofNullable(out.readLine()).orElse("-1"));
            }
            assertThat(process.waitFor()).isZero();
        }
        // Each stream went on until it needed more than was left, at most MOST, and others' reservations are settled.
        assertThat(spent).isBetween(Spender.LIMIT - 50L * Spender.MOST, Spender.LIMIT);
        AccountUse use = use();
        assertThat(use.used().tokens()).isEqualTo(spent);
        assertThat(use.reserved()).isEqualTo(Amounts.NONE);
    }

    @Test
    void whatAKilledProcessHadSetAsideIsSpent() throws Exception {
        Process process = start("1", "1", "hold");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("held");
            assertThat(use().reserved().tokens()).isEqualTo(Spender.MOST);
            process.destroyForcibly().waitFor();
        }
        assertThat(use().reserved()).isEqualTo(Amounts.NONE);
        assertThat(use().spent()).isEqualTo(new Amounts(1, Spender.MOST, 0));
        try (Accounts accounts = new Accounts(home, Spender.CLOCK)) {
            Purse purse = Spender.purse(accounts, 2);
            assertThat(purse.reserve(new Purse.Need(1, Spender.LIMIT - Spender.MOST + 1, Optional.of(0L))))
                    .isInstanceOf(Purse.Exhausted.class);
            assertThat(purse.reserve(new Purse.Need(1, Spender.LIMIT - Spender.MOST, Optional.of(0L))))
                    .isInstanceOf(Purse.Granted.class);
        }
    }

    private AccountUse use() throws IOException {
        try (Accounts accounts = new Accounts(home, Spender.CLOCK)) {
            return accounts.uses().stream()
                    .filter(use -> use.account().equals(AGENT) && use.period() == Period.DAY)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Spender.class.getName(),
                home.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
