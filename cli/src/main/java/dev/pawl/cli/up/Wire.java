package dev.pawl.cli.up;

import dev.pawl.cli.run.RunRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What client and server say. First the client sends {@code R} with a memory file that holds the request and its three
 * standard descriptors; then {@code S} and a signal number, as often as it gets one. The server answers {@code P} and a
 * line for the person, as often as it has one, and last {@code X} and the exit code. Both sides are the same Pawl and the
 * same user.
 */
final class Wire {
    static final char REQUEST = 'R';
    static final char SIGNAL = 'S';
    static final char LINE = 'P';
    static final char EXIT = 'X';

    private Wire() {}

    static byte[] message(char kind, String text) {
        return (kind + text).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] encode(RunRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            List<String> texts = new ArrayList<>();
            texts.add(request.charter().map(Path::toString).orElse(""));
            texts.add(request.quiet() ? "quiet" : "");
            texts.add(request.directory().toString());
            texts.add(String.valueOf(request.command().size()));
            texts.addAll(request.command());
            request.environment().forEach((name, value) -> {
                texts.add(name);
                texts.add(value);
            });
            out.writeInt(texts.size());
            for (String text : texts) {
                byte[] each = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(each.length);
                out.write(each);
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static RunRequest decode(byte[] bytes) throws IOException {
        List<String> texts = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            for (int rest = in.readInt(); rest > 0; rest--) {
                texts.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            }
        }
        int words = 4 + Integer.parseInt(texts.get(3));
        Map<String, String> environment = new HashMap<>();
        for (int at = words; at + 1 < texts.size(); at += 2) {
            environment.put(texts.get(at), texts.get(at + 1));
        }
        return new RunRequest(
                texts.get(0).isEmpty() ? Optional.empty() : Optional.of(Path.of(texts.get(0))),
                !texts.get(1).isEmpty(),
                texts.subList(4, words),
                Path.of(texts.get(2)),
                environment);
    }
}
