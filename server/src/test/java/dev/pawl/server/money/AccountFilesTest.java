package dev.pawl.server.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Purse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountFilesTest {
    private static final Purse.Need NEED = new Purse.Need(1, 10, Optional.of(1L));

    @TempDir
    Path home;

    @Test
    void nothingIsMadeBeforeThereIsSomethingToCount() throws Exception {
        try (Accounts accounts = accounts()) {
            assertThat(accounts.uses()).isEmpty();
            purse(accounts);
            assertThat(home).isEmptyDirectory();
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        try (Accounts accounts = accounts()) {
            purse(accounts).reserve(NEED);
            assertThat(mode(home.resolve("accounts"))).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(home.resolve("accounts"))) {
                List<Path> all = files.toList();
                assertThat(all)
                        .hasSize(3)
                        .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aDatabaseThatOthersMayReadIsNotTrusted() throws Exception {
        spend();
        Files.setPosixFilePermissions(database(), PosixFilePermissions.fromString("rw-r--r--"));
        refused("others may read or write it (rw-r--r--)");
    }

    @Test
    void aLinkIsNoDatabase() throws Exception {
        spend();
        Path elsewhere = home.resolve("elsewhere");
        Files.move(database(), elsewhere);
        Files.createSymbolicLink(database(), elsewhere);
        refused("it is no plain file");
    }

    @Test
    void whatIsNoDatabaseIsNotReplaced() throws Exception {
        spend();
        Files.writeString(database(), "x".repeat(9000));
        refused("not a database");
        assertThat(Files.readString(database())).startsWith("xxx");
    }

    @Test
    void aDamagedDatabaseIsNotReplaced() throws Exception {
        spend();
        byte[] bytes = Files.readAllBytes(database());
        for (int at = 4096; at < bytes.length; at++) {
            bytes[at] = (byte) (at * 31);
        }
        Files.write(database(), bytes);
        refused("");
        assertThat(Files.readAllBytes(database())).hasSize(bytes.length);
    }

    @Test
    void aDatabaseOfALaterVersionIsRefused() throws Exception {
        spend();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 2");
        }
        refused("it is of version 2, and this Pawl knows 1");
    }

    @Test
    void aHomeThatCannotBeWrittenIsANo() throws Exception {
        Files.writeString(home.resolve("accounts"), "in the way");
        refused("");
    }

    @Test
    void whoWasRefusedOnceMayTryAgain() throws Exception {
        Files.writeString(home.resolve("accounts"), "in the way");
        try (Accounts accounts = accounts()) {
            Purse purse = purse(accounts);
            assertThatThrownBy(() -> purse.reserve(NEED)).isInstanceOf(UncheckedIOException.class);
            Files.delete(home.resolve("accounts"));
            assertThat(purse.reserve(NEED)).isInstanceOf(Purse.Granted.class);
        }
    }

    private void refused(String why) throws IOException {
        try (Accounts accounts = accounts()) {
            Purse purse = purse(accounts);
            assertThatThrownBy(() -> purse.reserve(NEED))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("the accounts of models (" + database() + ") cannot be used: ")
                    .hasMessageContaining(why);
        }
    }

    private void spend() throws IOException {
        try (Accounts accounts = accounts()) {
            for (int number = 0; number < 50; number++) {
                Holder holder = new Holder("r-" + number, "fixer", "Ada");
                assertThat(accounts.purse(holder, List::of).reserve(NEED)).isInstanceOf(Purse.Granted.class);
            }
        }
    }

    private Accounts accounts() {
        return new Accounts(home, new SettableClock("2026-11-25T15:00:00Z"));
    }

    private static Purse purse(Accounts accounts) {
        return accounts.purse(new Holder("r-1", "fixer", "Ada"), List::of);
    }

    private Path database() {
        return home.resolve("accounts/models.db");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
