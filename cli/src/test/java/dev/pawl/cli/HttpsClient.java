package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that ask for URLs as agents do, each with the TLS of its own world. */
enum HttpsClient {
    /** OpenSSL. */
    CURL("/usr/bin/curl", "", "-sS -w %{http_code}\n"),
    /** GnuTLS. */
    WGET("/usr/bin/wget", "", "-nv -O - --content-on-error"),
    /** Node's own OpenSSL and roots. */
    NODE("/usr/bin/node", "client.mjs", ""),
    /** BoringSSL. */
    BUN("bun", "client.mjs", "") {
        @Override
        Optional<Path> program(Launcher launcher, Path work) throws IOException {
            Path bun = FromNpm.bun(launcher);
            return Files.exists(bun) ? Optional.of(Files.copy(bun, work.resolve("bun"))) : Optional.empty();
        }
    },
    /** OpenSSL by the ssl module. */
    PYTHON(Launcher.PYTHON, "client.py", "urllib"),
    /** requests has roots of its own where Debian did not take them away. */
    REQUESTS(Launcher.PYTHON, "client.py", "requests") {
        @Override
        Optional<Path> program(Launcher launcher, Path work) throws IOException {
            Ended found = launcher.program(Launcher.NOTHING, work, List.of(Launcher.PYTHON, "-c", "import requests"))
                    .ended();
            return found.code() == 0 ? super.program(launcher, work) : Optional.empty();
        }
    },
    /** JSSE and its store. */
    JAVA(System.getProperty("java.home") + "/bin/java", "Client.java", ""),
    /** crypto/tls, compiled here. */
    GO("client", "client.go", "") {
        @Override
        Optional<Path> program(Launcher launcher, Path work) throws IOException {
            Optional<Path> compiler = Stream.of(System.getenv("PATH").split(":"))
                    .map(directory -> Path.of(directory, "go"))
                    .filter(Files::isExecutable)
                    .findFirst();
            if (compiler.isEmpty()) {
                return Optional.empty();
            }
            String cache = "GOCACHE=" + Path.of(System.getProperty("java.io.tmpdir"), "pawl-test-go");
            Ended built = launcher.program(
                            Launcher.NOTHING,
                            work,
                            List.of(
                                    "/usr/bin/env",
                                    cache,
                                    compiler.get().toString(),
                                    "build",
                                    "-o",
                                    "client",
                                    "client.go"))
                    .ended();
            assertThat(built.code()).as(built.toString()).isZero();
            return Optional.of(work.resolve("client"));
        }
    };

    private final String program;
    private final String source;
    private final String words;

    HttpsClient(String program, String source, String words) {
        this.program = program;
        this.source = source;
        this.words = words;
    }

    /** Where it is, once its source lies in the workspace; empty where it is not installed. */
    Optional<Path> program(Launcher launcher, Path work) throws IOException {
        return Optional.of(Path.of(program)).filter(Files::isExecutable);
    }

    /** The command that asks for these URLs in order; empty where the program is not installed. */
    List<String> command(Launcher launcher, Path work, String... urls) throws IOException {
        if (!source.isEmpty()) {
            Files.copy(Launcher.script("clients/" + source), work.resolve(source));
        }
        Optional<Path> found = program(launcher, work);
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> command = new ArrayList<>(List.of(found.get().toString()));
        if (!source.isEmpty() && !source.endsWith(".go")) {
            command.add(source);
        }
        Stream.of(words.split(" ")).filter(word -> !word.isEmpty()).forEach(command::add);
        command.addAll(Arrays.asList(urls));
        return command;
    }
}
