package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pawl authzen} by itself: decides, records, follows its charter, ends. */
final class AuthzenIT {
    private static final Pattern AT = Pattern.compile("at (http://127\\.0\\.0\\.1:\\d+) as run (r-[a-z0-9]+)");

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");

    AuthzenIT() throws IOException {}

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
    void decidesByTheCharterAsItIsAndRecords() throws Exception {
        Path charter = launcher.charter("advised", work, "network: {allow: [{host: a.example.com}]}\n");
        Started server = launcher.start(
                Launcher.NOTHING, work, List.of("authzen", "--charter", charter.toString(), "--port", "0"));
        server.says("Ctrl-C");
        Matcher at = AT.matcher(server.out());
        assertThat(at.find()).as(server.out()).isTrue();
        Path token = launcher.home().resolve("authzen.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        String shown = "Bearer " + Files.readString(token).strip();
        assertThat(ask(at.group(1), shown, "a.example.com")).startsWith("200 {\"decision\":true,");
        assertThat(ask(at.group(1), shown, "b.example.com"))
                .startsWith("200 {\"decision\":false,")
                .contains("\"next\":\"");
        assertThat(ask(at.group(1), shown + "x", "a.example.com")).startsWith("401 ");
        Files.writeString(charter, Files.readString(charter).replace("a.example.com", "b.example.com"));
        assertThat(ask(at.group(1), shown, "b.example.com")).startsWith("200 {\"decision\":true,");
        assertThat(launcher.pawl("events", "--run", at.group(2), "--kind", "connect", "--json")
                        .out()
                        .lines())
                .hasSize(3);
        assertThat(launcher.pawl("explain").out()).contains("b.example.com");
        assertThat(launcher.pawl("freeze", at.group(2)).code()).isZero();
        assertThat(ask(at.group(1), shown, "b.example.com")).startsWith("503 ");
        assertThat(launcher.pawl("resume", at.group(2)).code()).isZero();
        assertThat(ask(at.group(1), shown, "b.example.com")).startsWith("200 {\"decision\":true,");
        assertThat(launcher.pawl("stop", at.group(2)).code()).isZero();
        assertThat(server.ended().code()).isZero();
        assertThat(launcher.controls("end")).hasSize(1);
    }

    @Test
    void aCharterThatCannotBeReadServesNobody() throws IOException {
        Path charter = launcher.charter("advised", work, "network: {alow: []}\n");
        Ended ended = launcher.pawl("authzen", "--charter", charter.toString());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("unknown key \"alow\"");
    }

    private static String ask(String server, String token, String host) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(server + "/access/v1/evaluation"))
                            .header("Authorization", token)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("""
                                    {"subject": {"type": "agent", "id": "advised"}, "action": {"name": "connect"},
                                     "resource": {"type": "host", "id": "%s", "properties": {"port": 443}}}
                                    """.formatted(host)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }
}
