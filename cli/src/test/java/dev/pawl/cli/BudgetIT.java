package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets end a run or bound it, and say so. */
final class BudgetIT {
    private static final int KILLED = 137;

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");

    BudgetIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("held");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void wallTimeEndsTheRun() throws IOException {
        Ended ended = under("wall: 2s", "sleep", "300");
        assertThat(ended.code()).as(ended.toString()).isEqualTo(KILLED);
        assertSpent("wall time");
    }

    @Test
    void processorTimeOfAllProcessesEndsTheRun() throws IOException {
        Ended ended = under("cpu: 2s", "/bin/sh", "-c", "while :; do :; done & while :; do :; done");
        assertThat(ended.code()).as(ended.toString()).isEqualTo(KILLED);
        assertSpent("processor time");
    }

    @Test
    void memoryOfAllProcessesIsBounded() throws IOException {
        Ended ended = under("memory: 200MiB", Launcher.PYTHON, "-c", """
                import os, time
                os.fork(), os.fork()
                held = []
                for part in range(40):
                    held.append(b'x' * (10 << 20))
                    time.sleep(0.05)
                print('all of it')
                """);
        assertThat(ended.out()).as(ended.toString()).doesNotContain("all of it");
        assertThat(ended.code()).as(ended.toString()).isNotZero();
    }

    @Test
    void processesAreBoundedAndThreadsCount() throws IOException {
        Ended ended = under("processes: 40", Launcher.PYTHON, "-c", """
                import os, signal, threading, time
                children = []
                try:
                    while len(children) < 1000:
                        child = os.fork()
                        if child == 0:
                            time.sleep(60)
                            os._exit(0)
                        children.append(child)
                except OSError as refused:
                    print(refused.errno, len(children))
                try:
                    threading.Thread(target=time.sleep, args=(1,)).start()
                    print('a thread more')
                except RuntimeError:
                    print('no thread')
                [os.kill(child, signal.SIGKILL) for child in children]
                """);
        assertThat(ended.lines()).as(ended.toString()).hasSize(2);
        String[] first = ended.lines().getFirst().split(" ", -1);
        assertThat(first[0]).isEqualTo("11");
        assertThat(Integer.parseInt(first[1])).isBetween(30, 40);
        assertThat(ended.lines().get(1)).isEqualTo("no thread");
        assertThat(ended.code()).isZero();
    }

    @Test
    void bytesToTheOutsideAreBounded() throws IOException {
        try (Upstream upstream = Upstream.echo()) {
            Path charter =
                    launcher.charter("egress", work, upstream.grant("out.example", 8080) + "budget: {egress: 1MiB}\n");
            Ended ended =
                    launcher.run(charter, work, Launcher.PYTHON, "-c", """
                            import socket, threading
                            address = (socket.gethostbyname('out.example'), 8080)
                            sent = 0
                            def drain(s):
                                try:
                                    while s.recv(65536): pass
                                except OSError: pass
                            try:
                                with socket.create_connection(address, 20) as s:
                                    threading.Thread(target=drain, args=(s,), daemon=True).start()
                                    while sent < 64 << 20:
                                        sent += s.send(b'x' * 65536)
                                print('all of it')
                            except OSError as e:
                                print('cut')
                            try:
                                socket.create_connection(address, 20).sendall(b'x')
                                print('again')
                            except OSError as e:
                                print('refused', e.errno)
                            """).ended();
            assertThat(ended.out()).as(ended.toString()).isEqualTo("cut\nrefused 13\n");
            assertThat(upstream.received()).isLessThanOrEqualTo(1 << 20);
            assertThat(ended.err()).contains("out.example");
            assertThat(launcher.events())
                    .anyMatch(event -> Launcher.denied(event)
                            && Launcher.decision(event).rule().contains("egress"));
        }
    }

    @Test
    void privateDirectoriesAreBounded() throws IOException {
        Ended ended = under("tmp: 8MiB", "/bin/sh", "-c", """
                for where in /tmp /var/tmp /dev/shm ~; do
                  dd if=/dev/zero of=$where/big bs=1M count=64 2>&1 | grep -c 'No space left'
                  stat -c %s $where/big
                done
                """);
        assertThat(ended.lines())
                .as(ended.toString())
                .filteredOn(line -> line.equals("1"))
                .hasSize(4);
        assertThat(ended.lines())
                .filteredOn(line -> !line.equals("1"))
                .hasSize(4)
                .allSatisfy(line -> assertThat(Long.parseLong(line)).isBetween(6L << 20, 8L << 20));
    }

    @Test
    void withoutAnOwnerNothingStarts() throws IOException {
        Path charter = Files.writeString(base.resolve("nobody.yaml"), """
                agent: orphan
                purpose: none
                workspace: %s
                """.formatted(work));
        Ended ended = launcher.run(charter, work, "touch", "started").ended();
        assertThat(ended.code()).isEqualTo(125);
        assertThat(ended.err()).contains("nobody.yaml").contains("no owner");
        assertThat(work.resolve("started")).doesNotExist();
    }

    @Test
    void theSummaryNamesTheLineThatWouldGrant() throws IOException {
        Ended ended = launcher.start(Launcher.NOTHING, work, List.of("run", "--", Launcher.PYTHON, "-c", """
                        import socket
                        for where in ('203.0.113.9', 2500), ('203.0.113.9', 25), ('needed.example', 443):
                            try: socket.create_connection(where, 5)
                            except OSError as e: print(type(e).__name__)
                        """))
                .ended();
        assertThat(ended.out()).as(ended.toString()).isEqualTo("PermissionError\nPermissionError\ngaierror\n");
        assertThat(ended.err())
                .contains("built-in")
                .contains("grant: network.addresses: [{cidr: \"203.0.113.9\", port: 2500")
                .contains("no line can grant this: the boundary no-external-messages forbids it")
                .contains("grant: network.allow: [{host: needed.example");
        Ended quiet = launcher.start(
                        Launcher.NOTHING, work, List.of("run", "--quiet", "--", "getent", "hosts", "needed.example"))
                .ended();
        assertThat(quiet.err()).isEmpty();
        // The line it names is one that works.
        try (Upstream upstream = Upstream.echo()) {
            Path charter = launcher.charter("granted", work, upstream.grant("needed.example", 443));
            Ended granted =
                    launcher.run(charter, work, Launcher.PYTHON, "-c", """
                            import socket
                            with socket.create_connection(('needed.example', 443), 20) as s:
                                s.sendall(b'hello')
                                print(s.recv(5))
                            """).ended();
            assertThat(granted.out()).as(granted.toString()).isEqualTo("b'hello'\n");
            assertThat(granted.err()).isEmpty();
        }
    }

    private Ended under(String budget, String... command) throws IOException {
        return launcher.run(launcher.charter("spender", work, "budget: {" + budget + "}\n"), work, command)
                .ended();
    }

    private void assertSpent(String what) {
        assertThat(launcher.controls("budget")).hasSize(1);
        assertThat(launcher.controls("budget").getFirst().detail()).contains(what);
        assertThat(launcher.controls("stop")).hasSize(1);
        assertThat(launcher.controls("end")).hasSize(1);
    }
}
