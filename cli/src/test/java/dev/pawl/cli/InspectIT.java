package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests are read in what was TLS: through the real launcher, with the clients agents use, to a server on loopback that
 * has the name of a real one and a certificate of another authority.
 */
final class InspectIT {
    private static final String HOST = "api.example.com";
    private static final String GRANTED = "https://" + HOST + "/repos/one";
    private static final String REFUSED = "https://" + HOST + "/admin/keys";

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");
    private Path authority = Path.of(".");
    private SecureWeb web;

    InspectIT() throws IOException {}

    @BeforeEach
    void open() throws Exception {
        launcher = new Launcher(base);
        work = launcher.workspace("inspect");
        TestCertificates certificates = new TestCertificates(base, HOST);
        authority = certificates.authority();
        web = new SecureWeb(certificates.server(), Files.createDirectories(base.resolve("www")));
    }

    @AfterEach
    void close() {
        launcher.close();
        web.close();
    }

    private Path charter(String agent, String requests) throws IOException {
        return charter(agent, requests, "authorities: [" + authority + "]");
    }

    private Path charter(String agent, String requests, String authorities) throws IOException {
        return launcher.charter(agent, work, """
                network:
                  allow: [{host: %s, inspect: true, requests: [%s]}]
                  route: [{host: %s, to: '127.0.0.1:%d'}]
                  %s
                """.formatted(HOST, requests, HOST, web.port(), authorities));
    }

    private List<Event> requests(String agent, String path) {
        return launcher.events(agent).stream()
                .filter(event ->
                        event.body() instanceof Body.Http http && http.path().equals(path))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void theClientWorksAndWhatIsNotGrantedIsRefused(HttpsClient client) throws IOException {
        List<String> command = client.command(launcher, work, GRANTED, REFUSED);
        assumeThat(command).as(client + " is not installed").isNotEmpty();
        Ended ended = launcher.run(charter("client", "GET /repos/**"), work, command.toArray(String[]::new))
                .ended();
        assertThat(ended.out()).as(ended.toString()).contains("the world", "403", "/admin/keys");
        assertThat(web.requests()).contains("GET /repos/one").doesNotContain("GET /admin/keys");
        List<Event> granted = requests("client", "/repos/one");
        assertThat(granted).isNotEmpty().noneMatch(Launcher::denied);
        assertThat(granted)
                .anySatisfy(event -> assertThat(event.body()).isInstanceOfSatisfying(Body.Http.class, http -> {
                    assertThat(http.method()).isEqualTo("GET");
                    assertThat(http.host()).isEqualTo(HOST);
                    assertThat(http.status()).isEqualTo(200);
                }));
        assertThat(requests("client", "/admin/keys")).isNotEmpty().allMatch(Launcher::denied);
    }

    @Test
    void gitClonesAndMayNotPush() throws IOException {
        Path www = base.resolve("www");
        Path source = Files.createDirectories(base.resolve("source"));
        for (String line : List.of(
                "git init -q -b main .",
                "git -c user.name=a -c user.email=a@b commit -q --allow-empty -m first",
                "git clone -q --bare . " + www.resolve("one.git"),
                "git -C " + www.resolve("one.git") + " update-server-info")) {
            Ended ended = launcher.program(Launcher.NOTHING, source, List.of("/bin/sh", "-c", line))
                    .ended();
            assertThat(ended.code()).as(ended.toString()).isZero();
        }
        Ended ended = launcher.run(charter("git", "GET /one.git/**"), work, "/bin/sh", "-c", """
                        git clone -q https://api.example.com/one.git && git -C one log --format=%s
                        cd one && git push -q origin main:other; echo push=$?""")
                .ended();
        assertThat(ended.out()).as(ended.toString()).contains("first").doesNotContain("push=0");
        assertThat(requests("git", "/one.git/info/refs")).isNotEmpty();
    }

    @Test
    void aClientThatPinsAnotherAuthorityFailsWithAReason() throws IOException {
        Files.copy(authority, work.resolve("pinned.pem"));
        Ended ended = launcher.run(
                        charter("pinned", "GET /repos/**"),
                        work,
                        "/usr/bin/curl",
                        "-sS",
                        "--cacert",
                        "pinned.pem",
                        GRANTED)
                .ended();
        assertThat(ended.code()).as(ended.toString()).isEqualTo(60);
        assertThat(web.requests()).isEmpty();
        assertThat(launcher.events("pinned"))
                .filteredOn(Launcher::denied)
                .anySatisfy(event -> assertThat(
                                Objects.requireNonNull(event.decision()).because())
                        .contains("does not trust the run's authority"));
    }

    /** What the gateway shows the agent must not hide what the outside showed the gateway. */
    @Test
    void aServerWhoseAuthorityNobodyNamedIsNotReached() throws IOException {
        Ended ended = launcher.run(
                        charter("unnamed", "GET /repos/**", ""),
                        work,
                        "/usr/bin/curl",
                        "-sS",
                        "-w",
                        "%{http_code}",
                        GRANTED)
                .ended();
        assertThat(ended.out()).as(ended.toString()).doesNotContain("the world");
        assertThat(web.requests()).isEmpty();
    }
}
