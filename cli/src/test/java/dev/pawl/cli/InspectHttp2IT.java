package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.core.Body;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inspection of HTTP/2: real clients and gRPC, through the real launcher, to a server that speaks nothing else. */
final class InspectHttp2IT {
    private static final String HOST = "api.example.com";

    @TempDir
    private Path base;

    private @Nullable Launcher started;
    private Path work = Path.of(".");
    private @Nullable TestCertificates made;

    @BeforeEach
    void open() throws Exception {
        Launcher launcher = new Launcher(base);
        started = launcher;
        work = launcher.workspace("http2");
        made = new TestCertificates(base, HOST);
    }

    @AfterEach
    void close() {
        launcher().close();
    }

    private Launcher launcher() {
        return Objects.requireNonNull(started);
    }

    private TestCertificates certificates() {
        return Objects.requireNonNull(made);
    }

    private Started server(String grpc) throws Exception {
        return launcher()
                .program(
                        Launcher.NOTHING,
                        base,
                        List.of(
                                "/usr/bin/node",
                                Launcher.script("clients/http2_server.mjs").toString(),
                                certificates().serverKey().toString(),
                                certificates().serverCertificate().toString(),
                                grpc))
                .says(grpc.equals("-") ? "port " : "grpc ");
    }

    private static int port(Started server, String kind) {
        return Pattern.compile("^" + kind + " (\\d+)$", Pattern.MULTILINE)
                .matcher(server.out())
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private Path charter(String read, String requests, int port) throws Exception {
        return launcher().charter("client", work, """
                files: {read: [%s]}
                network:
                  allow: [{host: %s, inspect: true, requests: [%s]}]
                  route: [{host: %s, to: '127.0.0.1:%d'}]
                  authorities: [%s]
                """.formatted(
                        read, HOST, requests, HOST, port, certificates().authority()));
    }

    @ParameterizedTest
    @EnumSource(names = {"CURL", "JAVA", "GO"})
    void aClientSpeaksHttp2AndWhatIsNotGrantedIsRefused(HttpsClient client) throws Exception {
        Started server = server("-");
        List<String> command =
                client.command(launcher(), work, "https://" + HOST + "/repos/one", "https://" + HOST + "/admin/keys");
        assumeThat(command).as(client + " is not installed").isNotEmpty();
        Ended ended = launcher()
                .run(charter("", "GET /repos/**", port(server, "port")), work, command.toArray(String[]::new))
                .ended();
        assertThat(ended.out()).as(ended.toString()).contains("the world over HTTP/2.0", "403", "/admin/keys");
        assertThat(server.out()).contains("GET /repos/one HTTP/2.0").doesNotContain("/admin");
    }

    @Test
    void grpcWorksAndAMethodThatIsNotGrantedIsRefused() throws Exception {
        Path grpc = FromNpm.module(launcher(), "@grpc/grpc-js");
        assumeThat(Files.exists(grpc)).as("npm has not delivered @grpc/grpc-js").isTrue();
        Started server = server(grpc.toString());
        Files.copy(Launcher.script("clients/grpc_client.cjs"), work.resolve("grpc_client.cjs"));
        String requests = "POST /world.World/Say, POST /world.World/Count, POST /world.World/Chat";
        Ended ended = launcher()
                .run(
                        charter(FromNpm.folder("@grpc/grpc-js").toString(), requests, port(server, "grpc")),
                        work,
                        "/usr/bin/node",
                        "grpc_client.cjs",
                        HOST,
                        grpc.toString())
                .ended();
        assertThat(ended.out())
                .as(ended.toString())
                .contains("said hello", "refused 7 ", "counted 100", "you said a", "you said c", "at a time 200");
        assertThat(server.out()).doesNotContain("secret");
        assertThat(launcher().events("client"))
                .filteredOn(Launcher::denied)
                .anySatisfy(event -> assertThat(event.body())
                        .isInstanceOfSatisfying(
                                Body.Http.class, http -> assertThat(http.path()).isEqualTo("/world.World/Secret")));
    }
}
