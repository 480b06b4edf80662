package dev.pawl.cli.mcp;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.Monitor;
import dev.pawl.core.Ulid;
import dev.pawl.ledger.JsonOut;
import dev.pawl.ledger.Ledger;
import dev.pawl.policy.BundleSource;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.NextStep;
import dev.pawl.policy.Surroundings;
import dev.pawl.policy.engine.LivePolicy;
import dev.pawl.server.Home;
import dev.pawl.server.Lineage;
import dev.pawl.server.RunDirectory;
import dev.pawl.server.RunFacts;
import dev.pawl.server.RunMonitor;
import dev.pawl.server.approvals.Asks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * {@code pawl hook claude}: answers the question that Claude Code asks before each use of a tool ("hooks", PreToolUse), by the
 * charter. The agent itself carries the answer out, so this holds nobody who does not want to be held.
 */
public final class HookCommand {
    /** Claude Code takes it as a refusal, and shows what stands on standard error to the model. */
    private static final int BLOCK = 2;

    private static final int LONGEST = 8 << 20;

    /** The server of tools that are Claude Code's own. */
    private static final String OWN = "claude";

    private static final String OF_SERVER = "mcp__";
    private static final String USAGE = "pawl hook claude [--charter FILE]";
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private HookCommand() {}

    /** One answer on standard output; whatever goes wrong is a refusal. */
    public static int run(List<String> words) {
        try {
            Path directory = Path.of("").toAbsolutePath();
            if (words.isEmpty() || !words.getFirst().equals("claude") || (words.size() != 1 && words.size() != 3)) {
                throw new IllegalArgumentException(USAGE);
            }
            if (words.size() == 3 && !words.get(1).equals("--charter")) {
                throw new IllegalArgumentException(USAGE);
            }
            Optional<Path> charter =
                    words.size() == 3 ? Optional.of(directory.resolve(words.get(2))) : Optional.empty();
            System.out.write(answer(charter, System.in));
            System.out.flush();
            return 0;
        } catch (IOException | CharterException | RuntimeException e) {
            System.err.println("pawl: denied, since the charter could not be asked: " + e.getMessage());
            return BLOCK;
        }
    }

    private static byte[] answer(Optional<Path> file, InputStream in) throws IOException, CharterException {
        byte[] question = in.readNBytes(LONGEST + 1);
        if (question.length > LONGEST) {
            throw new IOException("the question is too long");
        }
        JsonNode asked = read(question);
        Attempt.Tool call = call(asked);
        Surroundings surroundings = Surroundings.current();
        LivePolicy policy = new LivePolicy(new BundleSource(file, surroundings), Thread::sleep);
        Charter charter = policy.bundle().charter();
        Home home = Home.open(surroundings.pawlHome());
        Clock clock = Clock.systemUTC();
        try (Ledger ledger = Ledger.open(home.root())) {
            String run = run(asked.path("session_id").asString(""));
            RunDirectory directory = directory(home, run, charter, clock, ledger);
            RunMonitor monitor = new RunMonitor(
                    policy,
                    Asks.NOBODY,
                    ledger,
                    new Ulid(clock),
                    clock,
                    charter.agent(),
                    run,
                    Lineage.proc((_, _, _) -> Optional.empty()),
                    () -> {});
            Monitor.Judged judged = judge(policy, monitor, call);
            ledger.force();
            directory.recordEnded(ledger.size());
            return said(judged, call, charter.owner().name());
        }
    }

    private static JsonNode read(byte[] question) throws IOException {
        try {
            JsonNode asked = JSON.readTree(question);
            if (!asked.path("hook_event_name").asString("").equals("PreToolUse")
                    || !asked.path("tool_name").isString()
                    || !asked.path("tool_input").isObject()) {
                throw new IOException("this is no question before the use of a tool (PreToolUse)");
            }
            return asked;
        } catch (JacksonException e) {
            throw new IOException("the question is no JSON", e);
        }
    }

    /** A tool of an MCP server is called what the server and the tool are called; any other is of {@value #OWN}. */
    private static Attempt.Tool call(JsonNode asked) {
        String name = asked.path("tool_name").asString("");
        JsonNode input = asked.path("tool_input");
        Map<String, String> named = new HashMap<>();
        input.properties()
                .forEach(member -> named.put(
                        member.getKey(),
                        member.getValue().isString()
                                ? member.getValue().stringValue()
                                : member.getValue().toString()));
        int end = name.startsWith(OF_SERVER) ? name.indexOf("__", OF_SERVER.length()) : -1;
        return end < 0
                ? new Attempt.Tool(OWN, name, input.toString(), named)
                : new Attempt.Tool(
                        name.substring(OF_SERVER.length(), end), name.substring(end + 2), input.toString(), named);
    }

    /** A question goes to whoever sits before Claude Code, which asks her itself. */
    private static Monitor.Judged judge(LivePolicy policy, RunMonitor monitor, Attempt.Tool call) {
        Decision decision = policy.decide(call);
        if (decision.verdict() != Decision.Verdict.ASK) {
            return monitor.judge(call, Agents.caller());
        }
        Body body = new Body.Tool(call.server(), call.tool(), Body.Tool.cut(call.arguments(), Body.Tool.LONGEST), null);
        String event = monitor.record(body, Agents.caller(), null, decision);
        return event.isEmpty()
                ? new Monitor.Judged(Decision.deny("record-failed", null, "it could not be recorded"), "")
                : new Monitor.Judged(decision, event);
    }

    private static byte[] said(Monitor.Judged judged, Attempt.Tool call, String owner) {
        Decision decision = judged.decision();
        String next = decision.denied()
                ? " Next: " + NextStep.of(Optional.of(call), decision, owner) + " Event " + judged.event() + "."
                : "";
        String reason = "Pawl: " + decision.because() + " (rule " + decision.rule() + ")." + next;
        return new JsonOut()
                .begin("hookSpecificOutput")
                .text("hookEventName", "PreToolUse")
                .text("permissionDecision", decision.verdict().text())
                .text("permissionDecisionReason", reason)
                .end()
                .line();
    }

    /** All questions of one session are one run. */
    private static String run(String session) {
        byte[] name = ("claude " + session).getBytes(StandardCharsets.UTF_8);
        return "r-" + UUID.nameUUIDFromBytes(name).toString().replace("-", "").substring(0, 16);
    }

    private static RunDirectory directory(Home home, String run, Charter charter, Clock clock, Ledger ledger)
            throws IOException {
        if (Files.exists(home.runDirectory(run).path().resolve("run.json"))) {
            return home.runDirectory(run);
        }
        RunFacts facts = RunFacts.begun(run, charter, List.of("claude"), clock.instant());
        try {
            RunDirectory directory = RunDirectory.create(home, facts, CharterText.render(charter));
            directory.recordBegins(ledger.size());
            return directory;
        } catch (FileAlreadyExistsException other) {
            // Several tools are used at once, and each use is asked about by a process of its own.
            return home.runDirectory(run);
        }
    }
}
