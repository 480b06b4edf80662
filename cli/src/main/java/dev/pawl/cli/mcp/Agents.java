package dev.pawl.cli.mcp;

import dev.pawl.core.ProcessInfo;
import java.util.List;
import java.util.stream.Stream;

/** Who started this process and speaks to it. */
final class Agents {
    private static final int MOST_WORDS = 8;
    private static final int LONGEST_WORD = 200;

    private Agents() {}

    /** The process above this one, as the machine shows it. */
    static ProcessInfo caller() {
        ProcessHandle own = ProcessHandle.current();
        ProcessHandle parent = own.parent().orElse(own);
        List<String> arguments = parent.info().arguments().map(List::of).orElse(List.of());
        String exe = parent.info().command().orElse("");
        return new ProcessInfo(
                (int) parent.pid(),
                (int) parent.parent().map(ProcessHandle::pid).orElse(0L).longValue(),
                exe,
                shown(exe, arguments),
                "",
                parent.info().user().orElse(""));
    }

    /** The first of them: a prompt is long, and may be private. */
    private static List<String> shown(String exe, List<String> arguments) {
        return Stream.concat(Stream.of(exe), arguments.stream())
                .limit(MOST_WORDS)
                .map(word -> word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) + "…" : word)
                .toList();
    }
}
