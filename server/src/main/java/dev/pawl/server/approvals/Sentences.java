package dev.pawl.server.approvals;

import dev.pawl.core.Act;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/** What a person and an agent read about questions and answers. Texts of the agent are shown elsewhere cleaned. */
final class Sentences {
    private Sentences() {}

    /** The act in one line. */
    static String what(Act act) {
        return switch (act) {
            case Act.Exec exec -> "run " + exec.file() + called(exec) + words(exec.argv());
            case Act.Request request ->
                "request " + request.method() + " " + request.host() + " port " + request.port() + " "
                        + request.target() + (request.content().isEmpty() ? "" : " with exactly its body");
            case Act.Leak leak ->
                "let out " + leak.found() + " (" + leak.place() + ") with " + leak.method() + " " + leak.host()
                        + " port " + leak.port() + " "
                        + (leak.target().isEmpty() ? "(its target is not shown)" : leak.target()) + ", "
                        + leak.size() + " bytes of its body seen";
            case Act.Tool call -> "call " + call.tool() + " of " + call.server() + " with " + call.arguments();
            case Act.Definition shown ->
                "show another description of " + shown.tool() + " of " + shown.server() + ": " + shown.definition();
            case Act.Spend spend ->
                "spend money: " + spend.provider() + " " + spend.operation() + " (" + spend.change() + "), "
                        + (spend.price().isEmpty() ? "price not known" : spend.price()) + ", with "
                        + spend.method() + " " + spend.host() + " port " + spend.port() + " " + spend.target()
                        + (spend.details().isEmpty() ? "" : ": " + String.join(", ", spend.details()));
            case Act.Connect connect ->
                "connect to "
                        + connect.host().orElseGet(() -> addresses(connect)) + " port " + connect.port()
                        + (connect.host().isPresent() ? " (now " + addresses(connect) + ")" : "");
        };
    }

    /** What a yes would allow, by scope. */
    static String once(Question question) {
        return switch (question.act()) {
            case Act.Exec _ ->
                "one start of exactly this: same file, content, arguments, directory, environment and named files";
            case Act.Leak _ -> "one request with exactly this head and the bytes of its body that were seen";
            case Act.Tool _ -> "one call of exactly this tool with exactly these arguments";
            case Act.Definition _ -> "exactly this description from now on, in every run of this user";
            case Act.Spend _ -> "one request with exactly this head and body";
            case Act.Connect _ -> "one connection of exactly this program to one of these addresses";
            case Act.Request request ->
                "one request of exactly this: same method, host, path, query and " + read(request);
        };
    }

    static String run(Question question) {
        return switch (question.act()) {
            case Act.Exec _ -> "any number of such starts in this run, as long as nothing of it changes";
            case Act.Request request ->
                "any number of such requests of this program in this run: same method, host, path, query and "
                        + read(request);
            case Act.Leak _ ->
                "any number of such requests in this run with exactly this head and the bytes of its body that were seen";
            case Act.Tool _ -> "any number of calls of this tool with exactly these arguments in this run";
            case Act.Definition _ -> "the same: exactly this description from now on";
            case Act.Spend _ ->
                "any number of such requests in this run with exactly this head and body; each is paid again";
            case Act.Connect _ ->
                "any number of such connections of exactly this program in this run, as long as the name leads to one of"
                        + " these addresses";
        };
    }

    private static String read(Act.Request request) {
        return request.content().isEmpty() ? "telling headers, with any body" : "telling headers and body";
    }

    /** Why it may go on. */
    static String yes(Said said, Question question) {
        return said.user() + " said yes to question " + question.id()
                + (said.scope() == Scope.RUN ? " for this run" : " for one attempt") + "; " + question.rule() + " asks";
    }

    /** Why it may not. */
    static String no(Said said, Question question) {
        return said.user() + " said no to question " + question.id()
                + (said.reason().isEmpty() ? "" : ": " + said.reason());
    }

    /** How a question ended, after its name. */
    static String was(Said said) {
        return "was answered by " + said.user() + " already: "
                + (said.yes() ? "yes, " + said.scope().text() : "no");
    }

    /** What an answer did. */
    static String done(Said said, int went, List<String> problems, int left, long patienceSeconds) {
        if (!said.yes()) {
            return "refused; the same act is refused for the rest of the run";
        }
        StringBuilder text =
                new StringBuilder("approved, ").append(said.scope().text()).append(": ");
        if (went > 0) {
            text.append(went).append(went == 1 ? " attempt goes on" : " attempts go on");
        } else if (problems.isEmpty()) {
            text.append("nobody waits now; who tries the same ")
                    .append(said.scope() == Scope.RUN ? "in this run" : "within " + patienceSeconds + " s")
                    .append(" goes on");
        } else {
            text.append("nothing goes on, ").append(problems.getFirst());
        }
        if (left > 0) {
            text.append("; ").append(left).append(" more of the same are asked about again");
        }
        return text.toString();
    }

    private static String addresses(Act.Connect connect) {
        return connect.addresses().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }

    /** The name a program is called by, where that is not its file's: some do something else under each name. */
    private static String called(Act.Exec exec) {
        String name = exec.argv().isEmpty() ? "" : exec.argv().getFirst();
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.equals(exec.file().substring(exec.file().lastIndexOf('/') + 1))
                ? ""
                : " (called" + word(name) + ")";
    }

    private static String words(List<String> argv) {
        return argv.stream().skip(1).map(Sentences::word).collect(Collectors.joining());
    }

    /** As a shell would take it. */
    private static String word(String word) {
        return " " + (word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
    }
}
