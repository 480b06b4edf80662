package dev.pawl.cli.run;

import dev.pawl.core.SecretGrant;
import dev.pawl.core.SecretGrant.Source;
import dev.pawl.gateway.credentials.Credentials;
import dev.pawl.gateway.credentials.Secret;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads the values of secrets where they lie, outside the sandbox. No message has any part of a value. */
final class SecretValues {
    /** Longer than a person needs to unlock a password store. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int MOST = 16 * 1024;

    private SecretValues() {}

    /**
     * The secrets of a run.
     *
     * @param environment of who starts the run
     * @throws IOException if a value cannot be read or used; names the secret
     */
    static Credentials read(List<SecretGrant> grants, Map<String, String> environment) throws IOException {
        return read(grants, environment, PATIENCE);
    }

    /** The same, with less patience for commands. */
    static Credentials read(List<SecretGrant> grants, Map<String, String> environment, Duration patience)
            throws IOException {
        if (grants.isEmpty()) {
            return Credentials.NONE;
        }
        Map<SecretGrant, Secret> values = new LinkedHashMap<>();
        for (SecretGrant grant : grants) {
            values.put(grant, value(grant, environment, patience));
        }
        try {
            return Credentials.of(values, new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Secret value(SecretGrant grant, Map<String, String> environment, Duration patience)
            throws IOException {
        String text = switch (grant.source()) {
            case Source.Env(String name) -> {
                String found = environment.get(name);
                if (found == null) {
                    throw new IOException("the secret " + grant.name() + " is to be in " + name + ", which is not set");
                }
                yield found;
            }
            case Source.File(Path path) -> file(grant, path);
            case Source.Command(List<String> argv) -> output(grant, argv, environment, patience);
        };
        try {
            return new Secret(text.replaceFirst("\\r?\\n\\z", ""));
        } catch (IllegalArgumentException e) {
            throw new IOException("the secret " + grant.name() + " " + e.getMessage(), e);
        }
    }

    /** A pipe could keep the run waiting for ever, so it has to be a regular file. */
    private static String file(SecretGrant grant, Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("the secret " + grant.name() + " is to be in " + path + ", which is no file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return bounded(in);
        } catch (IOException e) {
            throw new IOException("the secret " + grant.name() + " cannot be read from " + path, e);
        }
    }

    private static String output(
            SecretGrant grant, List<String> argv, Map<String, String> environment, Duration patience)
            throws IOException {
        Process process = start(grant, argv, environment);
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return bounded(process.getInputStream());
            } catch (IOException e) {
                return "";
            }
        });
        try {
            String text = read.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            // Who has more to say than is read waits for ever, and says why no longer.
            if (text.length() < MOST && (!process.waitFor(patience) || process.exitValue() != 0)) {
                throw new IOException("the secret " + grant.name() + " was not told: its command failed; try "
                        + argv.getFirst() + " by hand");
            }
            return text;
        } catch (TimeoutException e) {
            throw new IOException(
                    "the secret " + grant.name() + " was not told within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("the secret " + grant.name() + " was not told", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** What it says on standard error goes nowhere: it could be the value, and a log could keep it. */
    private static Process start(SecretGrant grant, List<String> argv, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "the secret " + grant.name() + " was not told: " + argv.getFirst() + " cannot be started", e);
        }
    }

    private static String bounded(InputStream in) throws IOException {
        return new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
    }
}
