package dev.pawl.sandbox.init;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the supervisor tells the init when the agent may start. Descriptors for standard input, output and error travel
 * beside it; one that is {@code true} in {@code terminal} becomes the new terminal instead.
 *
 * @param command program and arguments; the program is looked up on PATH of {@code environment} unless it has a slash
 * @param environment NAME=value
 * @param directory where the agent starts
 * @param files small files written first, decoys among them
 * @param terminal which of the three standard descriptors are a terminal
 * @param rows and columns of that terminal
 * @param limits resource limits, number as of prlimit(2) and value for soft and hard
 * @param programs the only programs that may run, or empty for any that can be seen
 */
public record Orders(
        List<String> command,
        List<String> environment,
        String directory,
        List<SmallFile> files,
        List<Boolean> terminal,
        int rows,
        int columns,
        List<Limit> limits,
        Optional<Programs> programs) {
    public Orders {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        files = List.copyOf(files);
        terminal = List.copyOf(terminal);
        limits = List.copyOf(limits);
    }

    /** A file to write, its missing directories are made with mode 0700. */
    public record SmallFile(String path, int mode, String content) {}

    /** A resource limit. */
    public record Limit(int resource, long value) {}

    /**
     * Paths inside, links followed.
     *
     * @param executable files that may run
     * @param hidden directories in which nothing else may be read
     * @param readable paths that may be read wherever they lie
     */
    public record Programs(List<String> executable, List<String> hidden, List<String> readable) {
        public Programs {
            executable = List.copyOf(executable);
            hidden = List.copyOf(hidden);
            readable = List.copyOf(readable);
        }
    }

    /** Whether the agent gets a terminal of its own. */
    public boolean wantsTerminal() {
        return terminal.contains(true);
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            texts(out, command);
            texts(out, environment);
            text(out, directory);
            out.writeInt(files.size());
            for (SmallFile file : files) {
                text(out, file.path);
                out.writeInt(file.mode);
                text(out, file.content);
            }
            for (boolean each : terminal) {
                out.writeBoolean(each);
            }
            out.writeInt(rows);
            out.writeInt(columns);
            out.writeInt(limits.size());
            for (Limit limit : limits) {
                out.writeInt(limit.resource);
                out.writeLong(limit.value);
            }
            out.writeBoolean(programs.isPresent());
            if (programs.isPresent()) {
                texts(out, programs.get().executable);
                texts(out, programs.get().hidden);
                texts(out, programs.get().readable);
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #encode} wrote. */
    static Orders decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            List<String> command = texts(in);
            List<String> environment = texts(in);
            String directory = text(in);
            List<SmallFile> files = new ArrayList<>();
            for (int rest = in.readInt(); rest > 0; rest--) {
                files.add(new SmallFile(text(in), in.readInt(), text(in)));
            }
            List<Boolean> terminal = List.of(in.readBoolean(), in.readBoolean(), in.readBoolean());
            int rows = in.readInt();
            int columns = in.readInt();
            List<Limit> limits = new ArrayList<>();
            for (int rest = in.readInt(); rest > 0; rest--) {
                limits.add(new Limit(in.readInt(), in.readLong()));
            }
            Optional<Programs> programs =
                    in.readBoolean() ? Optional.of(new Programs(texts(in), texts(in), texts(in))) : Optional.empty();
            return new Orders(command, environment, directory, files, terminal, rows, columns, limits, programs);
        }
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String each : texts) {
            text(out, each);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int rest = in.readInt(); rest > 0; rest--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
