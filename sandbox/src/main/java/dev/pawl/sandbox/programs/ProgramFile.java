package dev.pawl.sandbox.programs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What the kernel does with a program's file, told from its first bytes. An agent may have written them. */
public sealed interface ProgramFile {
    /**
     * Machine code.
     *
     * @param loader path of the dynamic loader the kernel starts it with, empty for a static program
     */
    record Elf(Optional<String> loader) implements ProgramFile {}

    /**
     * A text whose first line names what reads it.
     *
     * @param interpreter path as written, which the kernel takes from the caller's directory unless it begins with /
     * @param argument the rest of the line, which the interpreter gets as one argument; may be empty
     */
    record Script(String interpreter, String argument) implements ProgramFile {
        private static final String ENV = "/env";

        /** What {@code #!/usr/bin/env} looks for along PATH; empty for other interpreters and where it cannot be told. */
        public Optional<String> throughEnv() {
            return interpreter.endsWith(ENV) ? EnvWords.program(argument) : Optional.empty();
        }
    }

    /** Neither. The kernel refuses it, and shells read it as a text of theirs. */
    record Other() implements ProgramFile {}

    /** How many bytes the kernel looks at (BINPRM_BUF_SIZE). */
    int HEAD = 256;

    /** Reads what is needed of a file and no more. */
    static ProgramFile read(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            byte[] head = bytes(channel, 0, HEAD);
            if (head.length > 2 && head[0] == '#' && head[1] == '!') {
                return script(head);
            }
            return ElfHeader.of(head).map(header -> elf(channel, header)).orElse(new Other());
        }
    }

    /** As binfmt_script.c reads it: a name that is cut off at the end of the bytes is none. */
    private static ProgramFile script(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        boolean whole = end >= 0 || head.length < HEAD;
        String line = text.substring(2, end >= 0 ? end : text.length());
        int from = 0;
        while (from < line.length() && isBlank(line.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < line.length() && !isBlank(line.charAt(to)) && line.charAt(to) != 0) {
            to++;
        }
        if (from == to || (to == line.length() && !whole)) {
            return new Other();
        }
        int nul = line.indexOf(0, to);
        return new Script(
                line.substring(from, to),
                line.substring(to, nul < 0 ? line.length() : nul).strip());
    }

    private static ProgramFile elf(SeekableByteChannel channel, ElfHeader header) {
        try {
            ByteBuffer table = ByteBuffer.wrap(bytes(channel, header.tableAt(), header.tableSize()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            Optional<ElfHeader.Part> named = header.loader(table);
            if (named.isEmpty()) {
                return new Elf(Optional.empty());
            }
            byte[] name = bytes(channel, named.get().at(), named.get().size());
            int end = name.length;
            for (int i = name.length - 1; i >= 0; i--) {
                end = name[i] == 0 ? i : end;
            }
            return new Elf(Optional.of(new String(Arrays.copyOf(name, end), StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            // Cut off or out of range: the kernel does not start it either.
            return new Other();
        }
    }

    private static byte[] bytes(SeekableByteChannel channel, long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        channel.position(at);
        int read = 0;
        while (read >= 0 && buffer.hasRemaining()) {
            read = channel.read(buffer);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static boolean isBlank(char each) {
        return each == ' ' || each == '\t';
    }
}
