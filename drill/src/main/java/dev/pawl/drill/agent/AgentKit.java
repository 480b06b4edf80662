package dev.pawl.drill.agent;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The agents Pawl is tried with, unmodified as npm delivers them. All run headless on Node 20 or newer, approve their
 * own tool calls, and are told not to talk with their makers; what they try all the same is for a sandbox to stop.
 */
public enum AgentKit {
    /** OpenAI Codex, Apache-2.0: a static musl binary started by a Node script; speaks OpenAI Responses. */
    CODEX("@openai/codex", "0.169.0", "codex"),

    /** Qwen Code, Apache-2.0: Node; speaks OpenAI Chat Completions. */
    QWEN("@qwen-code/qwen-code", "0.15.10", "qwen"),

    /** Claude Code, proprietary: a Bun binary put in place by a postinstall script; speaks Anthropic Messages. */
    CLAUDE("@anthropic-ai/claude-code", "2.1.197", "claude");

    private static final String KEY = "drill-placeholder";

    private final String packageName;
    private final String version;
    private final String program;

    AgentKit(String packageName, String version, String program) {
        this.packageName = packageName;
        this.version = version;
        this.program = program;
    }

    /** Name of the npm package. */
    public String packageName() {
        return packageName;
    }

    /** The exact version installed. */
    public String version() {
        return version;
    }

    /** Lower-case name for messages and agent names, for example {@code codex}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code $PAWL_AGENT_CACHE}, else {@code .cache/pawl-agents} in the home that {@code environment} names. */
    public static Path defaultCache(Map<String, String> environment) {
        String chosen = environment.get("PAWL_AGENT_CACHE");
        return chosen == null || chosen.isBlank()
                ? Path.of(environment.getOrDefault("HOME", "/tmp"), ".cache", "pawl-agents")
                : Path.of(chosen);
    }

    /**
     * Makes sure the agent lies in {@code cache}, asking npm if it does not (60 to 400 MB). Safe to call from several
     * processes at once. Never throws for a missing npm, network or disk.
     *
     * @param limit how long npm may take
     */
    public Installation install(Path cache, Duration limit) {
        return new Installer("npm", cache, limit)
                .install(packageName + "@" + version, title() + "-" + version, program);
    }

    /**
     * How to start this agent so that it asks the model at {@code http://host:port}.
     *
     * @param root from {@link Installation.Ready}
     * @param prompt the task; a scripted model ignores it
     */
    public Launch launch(Path root, String host, int port, String prompt) {
        return launch(root, "http://" + host + ":" + port, prompt);
    }

    /** The same for a model at a URL without a path, such as {@code https://api.example.com}. */
    public Launch launch(Path root, String base, String prompt) {
        String binary = root.resolve("node_modules/.bin").resolve(program).toString();
        List<Path> readable = List.of(root);
        return switch (this) {
            case CODEX ->
                new Launch(
                        codex(binary, URI.create(base + "/v1"), prompt), Map.of("DRILL_KEY", KEY), Map.of(), readable);
            case QWEN -> new Launch(qwen(binary, prompt), qwenEnvironment(base), QWEN_FILES, readable);
            case CLAUDE -> new Launch(claude(binary, prompt), claudeEnvironment(base), Map.of(), readable);
        };
    }

    private static List<String> codex(String binary, URI base, String prompt) {
        return List.of(
                binary,
                "exec",
                "--skip-git-repo-check",
                "--json",
                "--dangerously-bypass-approvals-and-sandbox",
                "--ephemeral",
                "-c",
                "check_for_update_on_startup=false",
                "-c",
                "analytics.enabled=false",
                "-c",
                "features.plugins=false",
                "-c",
                "features.apps=false",
                "-c",
                "model_provider=drill",
                "-c",
                "model=gpt-5-codex",
                "-c",
                "model_providers.drill={name=\"drill\",base_url=\"" + base
                        + "\",wire_api=\"responses\",env_key=\"DRILL_KEY\"}",
                prompt);
    }

    private static final Map<Path, String> QWEN_FILES = Map.of(Path.of(".qwen/settings.json"), """
            {"security":{"auth":{"selectedType":"openai"}},"privacy":{"usageStatisticsEnabled":false},
            "telemetry":{"enabled":false},"general":{"disableAutoUpdate":true}}
            """);

    private static List<String> qwen(String binary, String prompt) {
        return List.of(
                binary,
                "-p",
                prompt,
                "--approval-mode",
                "yolo",
                "--auth-type",
                "openai",
                "--output-format",
                "stream-json");
    }

    private static Map<String, String> qwenEnvironment(String base) {
        return Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", base + "/v1", "OPENAI_MODEL", "scripted");
    }

    private static List<String> claude(String binary, String prompt) {
        return List.of(
                binary,
                "-p",
                prompt,
                "--model",
                "claude-sonnet-4-5",
                "--allowedTools",
                "Bash",
                "--output-format",
                "stream-json",
                "--verbose",
                "--no-session-persistence");
    }

    private static Map<String, String> claudeEnvironment(String base) {
        return Map.of(
                "ANTHROPIC_BASE_URL",
                base,
                "ANTHROPIC_API_KEY",
                KEY,
                "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
                "1",
                "DISABLE_AUTOUPDATER",
                "1",
                "DISABLE_TELEMETRY",
                "1");
    }
}
