package dev.pawl.server.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.ProcessInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToolLinksTest {
    private final ToolLinks links = new ToolLinks();

    @Test
    void linksWhatAgentsMakeOfACommand() {
        links.made("codex", "t1", 5, "{\"cmd\":\"git log --oneline | head -3\",\"workdir\":\"/w\"}");
        links.made(
                "claude",
                "t2",
                5,
                "{\"command\":\"grep -rn 'it''s \\\"x\\\"' src && echo \\\"done; ok\\\"\",\"description\":\"Looks for x\"}");
        links.made("qwen", "t3", 5, "{\"command\":\"ls -la\",\"is_background\":false}");
        links.made("list", "t4", 5, "{\"command\":[\"python3\",\"-c\",\"print(1)\"]}");
        assertThat(of(List.of("/bin/bash", "-lc", "git log --oneline | head -3")))
                .contains("codex");
        assertThat(
                        of(
                                List.of(
                                        "/bin/bash",
                                        "-c",
                                        "-l",
                                        "source /root/.claude/shell-snapshots/s.sh && eval 'grep -rn '\"'\"'it'\"'\"''\"'\"'s \"x\"'\"'\"' src && echo \"done; ok\"' \\< /dev/null && pwd -P >| /tmp/c")))
                .contains("claude");
        assertThat(of(List.of("bash", "-c", "{ ls -la; }; __code=$?; pgrep -g 0 >/tmp/x 2>&1; exit $__code;")))
                .contains("qwen");
        assertThat(of(List.of("python3", "-c", "print(1)"))).contains("list");
        assertThat(of(List.of("/usr/bin/ls", "-la"))).contains("qwen");
    }

    @Test
    void doesNotGuess() {
        links.made("a", "t", 5, "{\"command\":\"ls\"}");
        links.made("b", "t", 5, "{\"command\":\"cat notes.txt\"}");
        assertThat(of(List.of("false"))).isEmpty();
        assertThat(of(List.of("git", "ls"))).isEmpty();
        assertThat(of(List.of("bash", "-c", "lsblk"))).isEmpty();
        assertThat(of(List.of("bash", "-c", "cat notes.txt.bak"))).isEmpty();
        assertThat(of(List.of("rg", "--version"))).isEmpty();
        assertThat(of(List.of())).isEmpty();
    }

    @Test
    void ofSeveralTheOneThatSaysMostThenTheLatestTurnThenTheFirstUnused() {
        links.made("old", "t1", 5, "{\"command\":\"make test\"}");
        links.made("one", "t2", 5, "{\"command\":\"make test\"}");
        links.made("two", "t2", 5, "{\"command\":\"make test\"}");
        links.made("more", "t2", 5, "{\"command\":\"cd x && make test\"}");
        List<String> line = List.of("bash", "-c", "make test");
        assertThat(of(line)).contains("one");
        assertThat(of(line)).contains("two");
        assertThat(of(List.of("bash", "-c", "eval 'cd x && make test'"))).contains("more");
    }

    @Test
    void whatAShellIsFed() {
        links.made("start", "t1", 5, "{\"cmd\":\"bash\"}");
        links.made("feed", "t2", 5, "{\"session_id\":1,\"chars\":\"cd /w\\nnpm run build --silent\\n\"}");
        assertThat(ToolLinks.listens(List.of("bash"))).isTrue();
        assertThat(ToolLinks.listens(List.of("-bash", "-i"))).isTrue();
        assertThat(ToolLinks.listens(List.of("bash", "-s"))).isTrue();
        assertThat(ToolLinks.listens(List.of("bash", "-lc", "x"))).isFalse();
        assertThat(ToolLinks.listens(List.of("bash", "run.sh"))).isFalse();
        assertThat(ToolLinks.listens(List.of("make"))).isFalse();
        assertThat(links.fed(List.of("npm", "run", "build", "--silent"), "start"))
                .contains("feed");
        assertThat(links.fed(List.of("/usr/bin/npm", "run", "build", "--silent"), "start"))
                .contains("feed");
        assertThat(links.fed(List.of("make"), "start")).isEmpty();
        links.made("later", "t3", 5, "{\"cmd\":\"sleep 1\"}");
        assertThat(links.fed(List.of("npm", "run", "build", "--silent"), "later"))
                .isEmpty();
    }

    @Test
    void scriptsByTheirContent() {
        links.made("write", "t", 5, "{\"path\":\"run.sh\",\"content\":\"#!/bin/sh\\ncurl x\\n\"}");
        links.made(
                "here",
                "t",
                5,
                "{\"command\":\"cat > job.py <<'EOF'\\nimport os\\nos.system('id')\\nEOF\\nchmod +x job.py\"}");
        assertThat(links.wrote("#!/bin/sh\ncurl x\n".getBytes(StandardCharsets.UTF_8)))
                .contains("write");
        assertThat(links.wrote("#!/bin/sh\ncurl x".getBytes(StandardCharsets.UTF_8)))
                .contains("write");
        assertThat(links.wrote("import os\nos.system('id')\n".getBytes(StandardCharsets.UTF_8)))
                .contains("here");
        assertThat(links.wrote("import os\n".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void staysBounded() {
        String text = "x".repeat(1_000);
        for (int i = 0; i < 5_000; i++) {
            links.made("e" + i, "t" + i, 5, "{\"command\":\"" + text + i + "\"}");
        }
        assertThat(of(List.of("bash", "-c", text + 4_999))).contains("e4999");
        assertThat(of(List.of("bash", "-c", text + 1))).isEmpty();
        links.made("odd", "t", 5, "[".repeat(10_000));
        links.made("empty", "t", 5, "");
        assertThat(links.none()).isFalse();
    }

    @Test
    void whatAShellIsFedIsKnownWithItsVariablesFilledIn() {
        links.made("loop", "t", 5, "{\"command\":\"for i in 1 2; do /bin/echo part-$i; done\"}");
        links.made("later", "u", 5, "{\"command\":\"/bin/echo part-7; $anything\"}");
        assertThat(links.fed(List.of("/bin/echo", "part-2"), "")).contains("loop");
        assertThat(links.fed(List.of("/bin/echo", "part-7"), "")).contains("later");
        assertThat(links.fed(List.of("/bin/echo", "other-2"), "")).isEmpty();
        assertThat(links.fed(List.of("/bin/rm"), "")).isEmpty();
    }

    @Test
    void manyLongCallsAreKeptNoLongerThanThereIsRoom() {
        String text = "y ".repeat(30_000);
        for (int i = 0; i < 100; i++) {
            links.made("e" + i, "t" + i, 5, "{\"command\":\"" + i + text + "\"}");
        }
        assertThat(of(List.of("bash", "-c", 99 + text))).contains("e99");
        assertThat(of(List.of("bash", "-c", 1 + text))).isEmpty();
    }

    @Test
    void aLongCommandIsKnownByItsBeginning() {
        String command = "echo " + "word ".repeat(4_000) + "end";
        links.made("long", "t", 5, "{\"command\":\"" + command + "\"}");
        assertThat(of(List.of("bash", "-c", command.substring(0, 16_000) + "…")))
                .contains("long");
        assertThat(of(List.of("bash", "-c", "echo word wor…"))).isEmpty();
    }

    @Test
    void insideACallOnlyWhoAskedAModelItselfStartsAnother() {
        links.made("inner", "t", 77, "{\"command\":\"ls\"}");
        ProcessInfo child = new ProcessInfo(90, 77, "", List.of("bash", "-c", "ls"), "", "");
        ProcessInfo other = new ProcessInfo(91, 78, "", List.of("bash", "-c", "ls"), "", "");
        assertThat(links.of(other, true)).isEmpty();
        assertThat(links.of(child, true)).contains("inner");
        assertThat(links.of(other, false)).contains("inner");
    }

    private Optional<String> of(List<String> argv) {
        return links.of(new ProcessInfo(9, 8, "", argv, "", ""), false);
    }
}
