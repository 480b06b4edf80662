package dev.pawl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path directory;

    @Test
    void isMadePrivate() throws IOException {
        Home home = Home.of(Map.of("PAWL_HOME", directory.resolve("a/b").toString()), Path.of("/nowhere"));
        assertThat(home.root()).isEqualTo(directory.resolve("a/b"));
        for (Path made : Set.of(home.root(), home.runs())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
        assertThat(Home.of(Map.of("PAWL_HOME", ""), directory).root()).isEqualTo(directory.resolve(".pawl"));
    }

    @Test
    void refusesADirectoryOthersMayWriteTo() throws IOException {
        for (String permissions : Set.of("rwxrwx---", "rwx----w-")) {
            Path open = Files.createDirectory(directory.resolve(permissions.replace("-", "_")));
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(permissions));
            assertThatThrownBy(() -> Home.open(open)).hasMessageContaining("chmod 700");
        }
    }

    /** As root a directory is given away; another user takes one that is root's. */
    @Test
    void refusesADirectoryOfAnotherUser() throws IOException {
        Path foreign = Path.of("/usr");
        if (Users.own() == 0) {
            foreign = Files.createDirectory(directory.resolve("foreign"));
            Files.setAttribute(foreign, "unix:uid", 65534);
        }
        Path refused = foreign;
        assertThatThrownBy(() -> Home.open(refused)).hasMessageContaining("belongs to user");
    }

    @Test
    void takesOnlyRunIdsAsNamesOfDirectories() throws IOException {
        Home home = Home.open(directory.resolve("home"));
        for (String name : Set.of("..", "r-../x", "", "r-", "r-A", "r-a/b")) {
            assertThatThrownBy(() -> home.runDirectory(name)).isInstanceOf(IllegalArgumentException.class);
        }
        RunIds ids = new RunIds();
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String id = ids.next();
            assertThat(id).matches("r-[a-z2-7]{8}");
            assertThat(home.runDirectory(id).run()).isEqualTo(id);
            made.add(id);
        }
        assertThat(made).hasSize(1000);
    }
}
