package dev.pawl.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where lines of events go: to a person, to the end of a file, or to an address, many in one request. Not thread-safe. */
sealed interface EventOutlet extends Closeable {
    /**
     * Takes one line, with its line feed.
     *
     * @throws IOException if it could not be handed on; what came before it was
     */
    void line(byte[] line) throws IOException;

    /**
     * Hands on what was taken.
     *
     * @throws IOException if that fails
     */
    void flush() throws IOException;

    @Override
    default void close() throws IOException {
        flush();
    }

    /**
     * Opens one.
     *
     * @param to a file, an address, or null for {@code out}
     * @throws IOException if the file cannot be written
     */
    static EventOutlet open(@Nullable String to, PrintWriter out) throws IOException {
        if (to == null) {
            return new Printed(out);
        }
        return to.startsWith("http://") || to.startsWith("https://")
                ? new Posted(URI.create(to))
                : new Written(Files.newOutputStream(
                        Path.of(to), StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE));
    }

    /** On standard output. */
    record Printed(PrintWriter out) implements EventOutlet {
        @Override
        public void line(byte[] line) {
            out.print(new String(line, StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {
            out.flush();
        }
    }

    /** At the end of a file. */
    record Written(OutputStream out) implements EventOutlet {
        @Override
        public void line(byte[] line) throws IOException {
            out.write(line);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** JSON lines in the body of POST requests; a request that is not answered with 2xx ends it. */
    final class Posted implements EventOutlet {
        private static final int TOGETHER_BYTES = 1 << 19;
        private static final Duration TIMEOUT = Duration.ofSeconds(30);

        private final URI to;
        private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
        private final HttpClient client =
                HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

        Posted(URI to) {
            this.to = to;
        }

        @Override
        public void line(byte[] line) throws IOException {
            gathered.writeBytes(line);
            if (gathered.size() >= TOGETHER_BYTES) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            if (gathered.size() == 0) {
                return;
            }
            HttpRequest request = HttpRequest.newBuilder(to)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/x-ndjson")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(gathered.toByteArray()))
                    .build();
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status / 100 != 2) {
                    throw new IOException(to + " answered " + status);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            gathered.reset();
        }

        @Override
        public void close() throws IOException {
            try (client) {
                flush();
            }
        }
    }
}
