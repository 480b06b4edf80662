package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whichever way a program asks for names: granted ones have made-up addresses, the others reach no resolver. */
final class NamesIT {
    private static final String PRIVATE = "10.20.30.40";

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");
    private RecordingResolver resolver = new RecordingResolver(Map.of());
    private Path charter = Path.of(".");

    NamesIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        resolver.close();
        launcher = new Launcher(base);
        work = launcher.workspace("names", "names.py");
        resolver = new RecordingResolver(Map.of(
                "granted.example", List.of("127.0.0.2"),
                "a.b.wild.example", List.of("127.0.0.2"),
                "inside.example", List.of(PRIVATE),
                "rebind.example", List.of("203.0.113.7", PRIVATE),
                "linked.example", List.of("169.254.169.254")));
        charter = launcher.charter("names", work, """
                network:
                  resolver: '127.0.0.1:%d'
                  allow:
                    - {host: granted.example}
                    - {host: inside.example}
                    - {host: rebind.example}
                    - {host: linked.example}
                    - {host: '*.wild.example'}
                """.formatted(resolver.port()));
    }

    @AfterEach
    void close() {
        launcher.close();
        resolver.close();
    }

    @Test
    void glibcAsksTheRunsOwnServer() throws IOException {
        Ended granted = held("getent", "ahosts", "granted.example");
        assertThat(granted.out()).as(granted.toString()).contains("198.18.").contains("STREAM granted.example");
        assertThat(held("getent", "hosts", "GRANTED.Example.").code()).isZero();
        assertThat(held("getent", "hosts", "a.b.wild.example").code()).isZero();
        long begin = System.nanoTime();
        Ended denied = held("getent", "hosts", "secret-data.denied.example");
        assertThat(denied.code()).isEqualTo(2);
        assertThat(System.nanoTime() - begin)
                .as("a denied name is answered at once")
                .isLessThan(10_000_000_000L);
        assertNothingDeniedWasAsked();
        Event event = launcher.events().stream()
                .filter(each ->
                        each.body() instanceof Body.Dns dns && dns.name().equals("secret-data.denied.example"))
                .findFirst()
                .orElseThrow();
        assertThat(Launcher.denied(event)).isTrue();
        assertThat(Launcher.process(event).argv()).startsWith("getent");
    }

    @Test
    void everyWayToAskIsTheSame() throws IOException {
        Ended ended = held(Launcher.PYTHON, "names.py");
        assertThat(ended.out()).as(ended.toString()).doesNotContain("NOT ");
        assertThat(ended.lines()).hasSizeGreaterThan(10);
        assertNothingDeniedWasAsked();
    }

    @Test
    void nodeAsksByCares() throws IOException {
        assumeThat(Path.of("/usr/bin/node")).as("node").isExecutable();
        Files.writeString(work.resolve("names.mjs"), """
                import dns from 'node:dns/promises';
                console.log('granted', await dns.resolve4('granted.example'));
                console.log('granted6', await dns.resolve6('granted.example').catch(e => e.code));
                console.log('lookup', (await dns.lookup('granted.example')).address);
                console.log('denied', await dns.resolve4('x.denied.example').catch(e => e.code));
                console.log('text', await dns.resolveTxt('x.denied.example').catch(e => e.code));
                """);
        Ended ended = held("/usr/bin/node", "names.mjs");
        assertThat(ended.out())
                .as(ended.toString())
                .contains("granted [ '198.18.")
                .containsPattern("lookup (198\\.18\\.|fd70:)")
                .containsPattern("denied E(REFUSED|NOTFOUND|NODATA)")
                .containsPattern("text E(REFUSED|NOTFOUND|NODATA)");
        assertNothingDeniedWasAsked();
    }

    @Test
    void digAsksByUdpAndTcp() throws IOException {
        assumeThat(Path.of("/usr/bin/dig")).as("dig").isExecutable();
        for (String way : List.of("+notcp", "+tcp")) {
            assertThat(held("dig", "+short", "+tries=1", "+time=5", way, "granted.example")
                            .out())
                    .startsWith("198.18.");
            assertThat(held("dig", "+tries=1", "+time=5", way, "x.denied.example")
                            .out())
                    .containsPattern("status: (REFUSED|NXDOMAIN)");
            // The resolver of the machine, or of anybody, cannot be asked past the run's own.
            Ended outside = held("dig", "+tries=1", "+time=2", way, "@127.0.0.1", "-p", "" + resolver.port(), "x.y");
            assertThat(outside.code()).as(outside.toString()).isNotZero();
        }
        assertNothingDeniedWasAsked();
    }

    @Test
    void muslAsksTheSameServer() throws IOException {
        Path musl = Stream.of("/lib/ld-musl-x86_64.so.1", "/usr/lib/musl/bin/musl-gcc")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        assumeThat(musl)
                .as("musl is not installed: its resolver is shown by Codex only")
                .isNotNull();
        assertThat(held("/usr/lib/musl/bin/getent", "hosts", "granted.example").code())
                .isZero();
    }

    @Test
    void aNameThatLeadsInsideIsRefused() throws IOException {
        for (String host : List.of("inside.example", "linked.example")) {
            Ended ended = connect(host);
            assertThat(ended.out()).as(ended.toString()).isEqualTo("EACCES\n");
        }
        List<Event> denied = launcher.events().stream()
                .filter(event -> event.body() instanceof Body.Connect && Launcher.denied(event))
                .toList();
        assertThat(denied)
                .extracting(event -> Launcher.decision(event).rule())
                .containsOnly("private-address", "no-credential-hunting.networks");
        assertThat(denied)
                .extracting(event -> Launcher.decision(event).because())
                .anyMatch(because -> because.contains(PRIVATE) && because.contains("network.addresses"))
                .anyMatch(because -> because.startsWith("linked.example at 169.254.169.254:"));
    }

    @Test
    void aNameThatTurnsInsideStaysOutside() throws IOException {
        // What was checked is what is dialled: the first answer. Nothing listens there, and nothing ever may be dialled
        // at the second. The record names the addresses.
        Ended ended = launcher.run(charter, work, Launcher.PYTHON, "-c", """
                import errno, socket
                for turn in range(3):
                    with socket.socket() as s:
                        s.settimeout(3)
                        try:
                            s.connect((socket.gethostbyname('rebind.example'), 443))
                            s.sendall(b'x')
                            print('open', s.recv(1))
                        except OSError as e:
                            print(errno.errorcode.get(e.errno, 'slow'))
                """).ended();
        assertThat(ended.lines()).as(ended.toString()).hasSize(3);
        assertThat(launcher.events())
                .noneMatch(event ->
                        event.body() instanceof Body.Flow flow && flow.address().equals(PRIVATE));
    }

    private Ended connect(String host) throws IOException {
        return held(Launcher.PYTHON, "-c", """
                import errno, socket, sys, time
                began = time.monotonic()
                try:
                    socket.create_connection((sys.argv[1], 443), 20)
                    print('open')
                except OSError as e:
                    print(errno.errorcode.get(e.errno, e))
                if time.monotonic() - began > 8:
                    print('slow')
                """, host);
    }

    private Ended held(String... command) throws IOException {
        return launcher.run(charter, work, command).ended();
    }

    private void assertNothingDeniedWasAsked() {
        assertThat(resolver.asked()).allMatch(name -> name.equals("granted.example") || name.endsWith(".wild.example"));
    }
}
