package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/**
 * The protocol's own conformance suites find the same of a server with the gateway between as without it. What npm cannot
 * deliver is left out by name.
 */
final class McpConformanceIT {
    private static final List<String> KNOWN = List.of("dns-rebinding-protection", "http-header-validation", "tasks-");
    private static final String SUITE = "node_modules/@modelcontextprotocol/conformance/dist/index.js";

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));

    McpConformanceIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @ParameterizedTest
    @CsvSource({"0.1.16, --suite, active", "0.2.0-alpha.12, --requirements, 2026-07-28"})
    void aServerIsTheSameBehindTheGateway(String version, String option, String value) throws IOException {
        Path kit = installed("mcp", "node@22", "zod", "@modelcontextprotocol/server@2", "@modelcontextprotocol/node@2");
        Path suite = installed("mcp-" + version, "@modelcontextprotocol/conformance@" + version);
        Path node = kit.resolve("node_modules/node/bin/node");
        Path script = kit.resolve("mcp_everything.mjs");
        Files.copy(Launcher.script("mcp_everything.mjs"), script, StandardCopyOption.REPLACE_EXISTING);
        Started server = launcher.program(Launcher.NOTHING, kit, List.of(node.toString(), script.toString(), "0"));
        Started.until("the server listens", () -> server.out().endsWith("\n"));
        String port = server.out().strip();
        List<String> command = new ArrayList<>(
                List.of(node.toString(), suite.resolve(SUITE).toString(), "server", option, value, "--url"));
        command.add("http://127.0.0.1:" + port + "/mcp");
        Path work = launcher.workspace("conformance");
        List<String> bare =
                found(launcher.program(Launcher.NOTHING, work, command).ended());
        command.set(command.size() - 1, "http://localhost.mcp.example/mcp");
        Path charter = launcher.charter("conformance", work, """
                files: {read: [%s, %s]}
                network:
                  allow: [{host: localhost.mcp.example, port: 80, protocol: http, mcp: everything}]
                  route: [{host: localhost.mcp.example, to: '127.0.0.1:%s'}]
                tools: {allow: [{server: everything, tool: "*"}]}
                """.formatted(kit, suite, port));
        Ended held = launcher.run(charter, work, command.toArray(String[]::new)).ended();
        assertThat(bare).hasSizeGreaterThan(25);
        assertThat(found(held)).as(held.toString()).isEqualTo(bare);
    }

    /** A line for each scenario, but for those that LIMITATIONS.md names: what they send is refused before the server can. */
    private static List<String> found(Ended ended) {
        return ended.out()
                .lines()
                .filter(line -> line.startsWith("✓") || line.startsWith("✗"))
                .filter(line -> KNOWN.stream().noneMatch(line::contains))
                .toList();
    }

    private Path installed(String name, String... packages) throws IOException {
        Path folder = FromNpm.folder("-" + name);
        Path marker = folder.resolve("installed");
        if (!Files.exists(marker)) {
            Files.createDirectories(folder);
            List<String> command = new ArrayList<>(
                    List.of("/usr/bin/env", "npm", "install", "--prefix", ".", "--no-audit", "--no-fund"));
            command.addAll(List.of(packages));
            Ended ended = launcher.program(Launcher.NOTHING, folder, command).ended();
            if (ended.code() != 0) {
                throw new TestAbortedException("npm cannot deliver " + command + ": " + ended);
            }
            Files.createFile(marker);
        }
        return folder;
    }
}
