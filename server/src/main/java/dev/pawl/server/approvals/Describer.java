package dev.pawl.server.approvals;

import dev.pawl.core.Act;
import dev.pawl.core.ProcessInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes questions of attempts. Thread-safe. */
final class Describer {
    /** Characters of a command line that a person is expected to read; a longer one cannot be asked about. */
    static final int MAX_SHOWN = 8_000;

    private static final int MAX_OF_PARENT = 300;
    private static final int DIGITS = 8;

    private final Question.About about;
    private final Backing backing;

    Describer(Question.About about, Backing backing) {
        this.about = about;
        this.backing = backing;
    }

    String key(Act act) {
        return ActText.key(about, act);
    }

    /** Why a person could not see all she would agree to; empty if she can. */
    Optional<String> unshown(Act act) {
        List<String> argv = switch (act) {
            case Act.Exec exec -> exec.argv();
            case Act.Connect connect -> connect.caller().argv();
            case Act.Request request -> List.of(request.method(), request.target());
            case Act.Leak leak -> List.of(leak.method(), leak.target());
            case Act.Tool call -> List.of(call.tool(), call.arguments());
            case Act.Definition shown -> List.of(shown.tool(), shown.definition());
            case Act.Spend spend -> List.of(spend.method(), spend.target());
        };
        boolean cut = argv.size() >= ProcessInfo.MAX_ARGUMENTS
                || argv.stream().anyMatch(argument -> argument.endsWith("…"))
                || argv.stream().mapToInt(String::length).sum() > MAX_SHOWN;
        // What connects is told by its digest; what runs or is requested has to be read.
        return switch (act) {
            case Act.Exec _ -> cut ? Optional.of(tooLong("the command line")) : Optional.empty();
            case Act.Request _, Act.Leak _, Act.Spend _ ->
                cut ? Optional.of(tooLong("the request line")) : Optional.empty();
            case Act.Tool _, Act.Definition _ -> cut ? Optional.of(tooLong("the call")) : Optional.empty();
            case Act.Connect _ -> Optional.empty();
        };
    }

    private static String tooLong(String what) {
        return "nobody can be asked: " + what + " is longer than a person would read (" + MAX_SHOWN + " characters)";
    }

    Question question(int number, Instant now, Ask ask, Act act) {
        String digest = ActText.digest(about, act);
        return new Question(
                id(digest, number),
                digest,
                ask.event(),
                now,
                about,
                ask.decision().rule(),
                ask.decision().because(),
                backing.near(ask.attempt()),
                act,
                ask.holding().chain().stream().map(Describer::cut).toList(),
                backing.line(ask.attempt()).orElse(""));
    }

    Question again(Question question, int number, Instant now) {
        return new Question(
                id(question.digest(), number),
                question.digest(),
                question.event(),
                now,
                question.about(),
                question.rule(),
                question.why(),
                question.near(),
                question.act(),
                question.chain(),
                question.line());
    }

    private static String id(String digest, int number) {
        return digest.substring(0, DIGITS) + "-" + number;
    }

    private static ProcessInfo cut(ProcessInfo process) {
        String all = String.join(" ", process.argv());
        return all.length() <= MAX_OF_PARENT
                ? process
                : new ProcessInfo(
                        process.pid(),
                        process.parent(),
                        process.exe(),
                        List.of(all.substring(0, MAX_OF_PARENT) + "…"),
                        process.cwd(),
                        process.user());
    }
}
