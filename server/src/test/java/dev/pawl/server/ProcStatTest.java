package dev.pawl.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcStatTest {
    private static final String REST = " 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0";

    @Test
    void readsAProcessAndNoticesThatItWent() throws IOException, InterruptedException {
        Process child = new ProcessBuilder("sleep", "60").start();
        RunFacts.Held held = RunFacts.Held.of((int) child.pid()).orElseThrow();
        assertThat(ProcStat.read((int) child.pid()).orElseThrow().parent())
                .isEqualTo((int) ProcessHandle.current().pid());
        assertThat(held.gone()).isFalse();
        assertThat(new RunFacts.Held(held.pid(), held.start() + 1).gone()).isTrue();
        child.destroyForcibly().waitFor();
        assertThat(held.gone()).isTrue();
        assertThat(RunFacts.Held.of(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void anAgentCannotForgeItsLineByItsName() {
        assertThat(stat("5 (x) S 1 1 (y)) R 42" + REST + " 777 0 0")).isEqualTo(new ProcStat(5, 42, 'R', 777));
    }

    @Test
    void aDamagedLineIsNoProcess() {
        String whole = "5 (x) R 42" + REST + " 777 0 0";
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder damaged = new StringBuilder(whole.substring(0, random.nextInt(whole.length())));
            for (int flips = random.nextInt(3); flips > 0 && !damaged.isEmpty(); flips--) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(256));
            }
            ProcStat read = stat(damaged.toString());
            assertThat(read == null || read.pid() == 5).isTrue();
        }
        assertThat(stat(whole.substring(0, 20))).isNull();
    }

    private static @Nullable ProcStat stat(String line) {
        return ProcStat.parse(5, line);
    }
}
