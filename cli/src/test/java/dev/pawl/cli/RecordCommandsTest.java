package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Event;
import dev.pawl.ledger.Ledger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandsTest {
    @TempDir
    Path directory;

    @Test
    void eventsAreFoundByWhatTheyAreAbout() throws IOException {
        try (Stage stage = new Stage(directory)) {
            stage.run("r-aaaaaaaa", "fixer", false);
            try (Ledger ledger = Ledger.open(stage.home.root())) {
                ledger.append(connect("01A", "b.example", Decision.allow("network.allow[0]", "granted")));
                ledger.append(connect("01B", "a.b.example", Decision.deny("default", "no-covert-channels", "no")));
            }
            assertThat(lines(stage, "--host", "b.example")).hasSize(1);
            assertThat(lines(stage, "--host", "*.b.example")).hasSize(1).allMatch(line -> line.contains("a.b.example"));
            assertThat(lines(stage, "--host", "*.example")).hasSize(2);
            assertThat(lines(stage, "--rule", "default")).hasSize(1);
            assertThat(lines(stage, "--boundary", "no-covert-channels")).hasSize(1);
            assertThat(lines(stage, "--process", "ssh", "--denied")).hasSize(1);
            assertThat(lines(stage, "--process", "41", "--last", "1")).hasSize(1);
            assertThat(lines(stage, "--since", "2026-11-22T05:00:00Z", "--until", "2026-11-23"))
                    .hasSize(2);
            assertThat(lines(stage, "--until", "2026-11-22")).isEmpty();
            assertThat(stage.run("events", "--since", "yesterday")).isEqualTo(2);
        }
    }

    @Test
    void aRecordIsPackedSealedAndErased() throws IOException {
        try (Stage stage = new Stage(directory)) {
            stage.run("r-aaaaaaaa", "fixer", false);
            assertThat(stage.run("ledger", "seal")).isZero();
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 6000; i++) {
                events.add(connect("02" + i, "secret.example", Decision.allow("network.allow[0]", "granted")));
            }
            try (Ledger ledger = Ledger.open(stage.home.root())) {
                ledger.commit(events);
            }
            assertThat(stage.run("ledger", "keep")).isZero();
            assertThat(stage.out.toString()).isEqualTo("7 bundles packed\n");
            assertThat(stage.run("ledger", "keep", "--days", "30")).isEqualTo(1);
            assertThat(stage.err.toString()).contains("at least 184 days");
            assertThat(stage.run("ledger", "keep", "--days", "400")).isZero();
            assertThat(stage.out.toString()).startsWith("kept from entry 0\n");
            assertThat(stage.run("ledger", "size", "--json")).isZero();
            assertThat(stage.out.toString()).startsWith("{\"entries\":6001,\"kept_from\":0,\"bundle_bytes\":");
            assertThat(lines(stage, "--host", "secret.example")).hasSize(6000);
            assertThat(stage.run("ledger", "erase", "r-aaaaaaaa")).isZero();
            assertThat(lines(stage, "--host", "secret.example")).isEmpty();
            assertThat(stage.run("ledger", "erase", "r-aaaaaaaa")).isEqualTo(1);
            assertThat(stage.run("ledger", "key")).isZero();
            String key = stage.out.toString().strip();
            assertThat(stage.run("ledger", "verify", "--key", key))
                    .as(stage.out.toString())
                    .isZero();
        }
    }

    @Test
    void aWitnessCosignsWhatIsThenProven() throws Exception {
        try (Stage stage = new Stage(directory);
                Stage other = new Stage(Files.createDirectory(directory.resolve("other")))) {
            try (Ledger ledger = Ledger.open(stage.home.root())) {
                ledger.append(connect("01A", "b.example", Decision.allow("network.allow[0]", "granted")));
            }
            stage.run("ledger", "key");
            String key = stage.out.toString().strip();
            String[] words = {"ledger", "witness", "--log", key, "--listen", "127.0.0.1:0", "--name", "w.example/1"};
            Thread witness = Thread.ofPlatform().daemon().start(() -> other.run(words));
            try {
                long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (!other.out.toString().endsWith("/\n") && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
                String peer = other.out.toString();
                assertThat(stage.run("ledger", "checkpoint", "--witnessed")).isEqualTo(1);
                Files.writeString(stage.home.root().resolve("witnesses"), "need 1\n" + peer);
                assertThat(stage.run("ledger", "prove", "--witnessed", "01A")).isEqualTo(1);
                Path pushed = directory.resolve("pushed");
                assertThat(stage.run("ledger", "checkpoint", "--witnessed", "--push", pushed.toString()))
                        .as(stage.err.toString())
                        .isZero();
                assertThat(stage.err.toString()).contains("1 witnesses cosigned, needed are 1");
                assertThat(Files.readAllLines(pushed))
                        .hasSize(6)
                        .last()
                        .asString()
                        .startsWith("\u2014 w.example/1 ");
                assertThat(stage.run("ledger", "prove", "--witnessed", "01A")).isZero();
                Path proof = Files.writeString(directory.resolve("proof"), stage.out.toString());
                String cosigner = peer.split(" ", 2)[0];
                String[] check = {"ledger", "verify", "--key", key, "--witness", cosigner, proof.toString()};
                assertThat(stage.run(check)).as(stage.out.toString()).isZero();
                assertThat(stage.out.toString()).contains("cosigned by w.example/1 at 20");
                assertThat(stage.run("ledger", "prove", "01A")).isZero();
                Files.writeString(proof, stage.out.toString());
                assertThat(stage.run(check)).isEqualTo(1);
                assertThat(stage.out.toString()).contains("not cosigned by");
            } finally {
                witness.interrupt();
            }
        }
    }

    @Test
    void eventsGoOutAsOcsf() throws Exception {
        try (Stage stage = new Stage(directory)) {
            try (Ledger ledger = Ledger.open(stage.home.root())) {
                ledger.append(connect("01A", "b.example", Decision.allow("network.allow[0]", "granted")));
                ledger.append(connect("01B", "b.example", Decision.deny("default", null, "no")));
            }
            assertThat(lines(stage, "--format", "ocsf"))
                    .hasSize(2)
                    .allMatch(
                            line -> line.contains("\"class_uid\":4001") && line.contains("\"version\":\"1.9.0-dev\""));
            List<String> printed = lines(stage, "--format", "ocsf");
            Path file = directory.resolve("out.jsonl");
            assertThat(lines(stage, "--format", "ocsf", "--to", file.toString()))
                    .isEmpty();
            assertThat(lines(stage, "--format", "ocsf", "--denied", "--to", file.toString()))
                    .isEmpty();
            assertThat(Files.readAllLines(file)).hasSize(3).startsWith(printed.toArray(String[]::new));
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            BlockingQueue<String> posted = new LinkedBlockingQueue<>();
            server.createContext("/in", exchange -> {
                posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            try {
                String url = "http://127.0.0.1:" + server.getAddress().getPort();
                assertThat(lines(stage, "--format", "ocsf", "--to", url + "/in"))
                        .isEmpty();
                assertThat(posted.take().lines()).containsExactlyElementsOf(printed);
                assertThat(stage.run("events", "--to", url + "/nowhere")).isEqualTo(1);
                assertThat(stage.err.toString()).contains("answered 404");
            } finally {
                server.stop(0);
            }
        }
    }

    private static Event connect(String id, String host, Decision decision) {
        return Stage.event(id, null, new Body.Connect("tcp", host, "198.18.0.1", 443), decision);
    }

    private static List<String> lines(Stage stage, String... options) {
        List<String> words = new ArrayList<>(List.of("events"));
        words.addAll(List.of(options));
        assertThat(stage.run(words.toArray(String[]::new)))
                .as(stage.err.toString())
                .isZero();
        return stage.out.toString().lines().toList();
    }
}
