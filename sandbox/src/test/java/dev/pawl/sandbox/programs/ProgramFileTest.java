package dev.pawl.sandbox.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.programs.ProgramFile.Elf;
import dev.pawl.sandbox.programs.ProgramFile.Other;
import dev.pawl.sandbox.programs.ProgramFile.Script;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** First bytes as binfmt_script.c and binfmt_elf.c of Linux read them. */
class ProgramFileTest {
    private static final int FUZZED = 20_000;

    @TempDir
    private Path directory;

    @Test
    void firstLines() throws IOException {
        assertThat(of("#!/bin/sh\necho")).isEqualTo(new Script("/bin/sh", ""));
        assertThat(of("#! \t/bin/sh  -e  \n")).isEqualTo(new Script("/bin/sh", "-e"));
        assertThat(of("#!/usr/bin/env -S node  --flag")).isEqualTo(new Script("/usr/bin/env", "-S node  --flag"));
        assertThat(of("#!python\n")).isEqualTo(new Script("python", ""));
        assertThat(of("#!/bin/a\0b c\n")).isEqualTo(new Script("/bin/a", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "#!", "#!\n", "#!  \n", "# !/bin/sh\n", "echo", "\n#!/bin/sh\n"})
    void noFirstLine(String text) throws IOException {
        assertThat(of(text)).isEqualTo(new Other());
    }

    @Test
    void aNameThatDoesNotEndWithinTheKernelsBytesIsNone() throws IOException {
        assertThat(of("#!/" + "a".repeat(ProgramFile.HEAD))).isEqualTo(new Other());
        assertThat(of("#!/bin/sh " + "a".repeat(ProgramFile.HEAD)))
                .as("only the argument is cut")
                .isEqualTo(new Script("/bin/sh", "a".repeat(ProgramFile.HEAD - 10)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node|node",
                "/opt/node|/opt/node",
                "-S node --flag|node",
                "-Snode --flag|node",
                "-S -u HOME -i A=b node x|node",
                "--split-string=perl -w|perl",
                "-vS perl|perl",
                "-i|",
                "A=b node|",
                "-S \"node\"|",
                "-S ${X}|",
                "-S -u|"
            })
    void whatEnvLooksFor(String argument, String program) throws IOException {
        assertThat(of("#!/usr/bin/env " + argument + "\n"))
                .isInstanceOfSatisfying(
                        Script.class,
                        script -> assertThat(script.throughEnv()).isEqualTo(Optional.ofNullable(program)));
        assertThat(new Script("/usr/bin/nice", argument).throughEnv()).isEmpty();
    }

    @Test
    void theLoaderOfThisMachinesPrograms() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        assertThat(ProgramFile.read(java))
                .isInstanceOfSatisfying(
                        Elf.class,
                        elf -> assertThat(elf.loader().map(Path::of).filter(Files::isRegularFile))
                                .isPresent());
    }

    @Test
    void machineCodeWithAndWithoutLoader() throws IOException {
        assertThat(of(elf("/lib/ld.so", true))).isEqualTo(new Elf(Optional.of("/lib/ld.so")));
        assertThat(of(elf("/lib/ld.so", false))).isEqualTo(new Elf(Optional.of("/lib/ld.so")));
        assertThat(of(elf("", true))).isEqualTo(new Elf(Optional.empty()));
        byte[] cut = elf("/lib/ld.so", true);
        assertThat(of(Arrays.copyOf(cut, 80))).as("cut off").isEqualTo(new Elf(Optional.empty()));
        assertThat(of(Arrays.copyOf(cut, 60))).isEqualTo(new Other());
    }

    @Test
    void nothingAnAgentWritesIsMoreThanOneOfThree() throws IOException {
        Random random = new Random(3);
        Path file = directory.resolve("fuzzed");
        byte[][] seeds = {
            elf("/lib/ld.so", true),
            elf("/lib/ld.so", false),
            "#!/usr/bin/env -S node\n".getBytes(StandardCharsets.UTF_8)
        };
        for (int turn = 0; turn < FUZZED; turn++) {
            byte[] bytes = seeds[turn % seeds.length].clone();
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            switch (ProgramFile.read(file)) {
                case Elf elf ->
                    assertThat(elf.loader().map(String::length).orElse(0)).isLessThanOrEqualTo(4096);
                case Script script -> {
                    assertThat(script.interpreter()).matches("[^ \\t\\n\\x00]+");
                    assertThat(script.throughEnv().orElse("x")).isNotEmpty();
                }
                case Other other -> assertThat(other).isNotNull();
            }
        }
    }

    private ProgramFile of(String text) throws IOException {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    private ProgramFile of(byte[] bytes) throws IOException {
        return ProgramFile.read(Files.write(directory.resolve("file"), bytes));
    }

    /** A header, one program header and the name behind it. */
    private static byte[] elf(String loader, boolean wide) {
        ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), 1, 1});
        int type = loader.isEmpty() ? 1 : 3;
        if (wide) {
            bytes.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1);
            bytes.putInt(64, type).putLong(72, 128).putLong(96, loader.length() + 1L);
        } else {
            bytes.putInt(28, 64).putShort(42, (short) 32).putShort(44, (short) 1);
            bytes.putInt(64, type).putInt(68, 128).putInt(80, loader.length() + 1);
        }
        bytes.put(128, loader.getBytes(StandardCharsets.UTF_8));
        return bytes.array();
    }
}
