package dev.pawl.policy.learn;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Ranges;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.engine.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A charter that was learned, with what a person should know of it. */
public final class Proposal {
    private static final int MOST_REFUSED = 40;
    private static final int LONGEST = 120;
    /** A charter is at most 256 KiB; comments are left out before it would be larger. */
    private static final int LONGEST_TEXT = 250 * 1024;

    private final Charter charter;
    private final List<Line> lines;
    private final List<String> programsNotNamed;
    private final List<String> failed;
    private final int beyond;
    private final Map<Attempt, Users> unsayable;
    private final Map<Attempt, Observations.Refusal> refused;
    private final Endings endings;
    private final Observations seen;

    Proposal(
            Charter charter,
            List<Line> lines,
            List<String> programsNotNamed,
            List<String> failed,
            int beyond,
            Map<Attempt, Users> unsayable,
            Observations seen) {
        this.charter = charter;
        this.lines = List.copyOf(lines);
        this.programsNotNamed = programsNotNamed;
        this.failed = failed;
        this.beyond = beyond;
        this.unsayable = unsayable;
        this.refused = seen.refused();
        this.endings = seen.endings();
        this.seen = seen;
    }

    /** The charter. */
    public Charter charter() {
        return charter;
    }

    /** Its grants. */
    public List<Line> lines() {
        return lines;
    }

    /** Why something may be missing, a line each; none if nothing is. */
    public List<String> incomplete() {
        List<String> why = new ArrayList<>(endings.incomplete());
        if (seen.beyond() > 0) {
            why.add(seen.beyond() + " more attempts were too many different ones to be kept");
        }
        if (beyond > 0) {
            why.add(beyond + " more names and addresses were left out: a charter cannot hold so many");
        }
        unsayable.forEach((attempt, users) -> {
            boolean start = attempt instanceof Attempt.Exec(ProcessInfo _, String file) && failed(file);
            if (!start && why.size() < MOST_REFUSED) {
                why.add("no line of a charter can grant it: " + what(attempt) + ", " + users.text());
            }
        });
        return why;
    }

    /** The charter as YAML, with comments. Equal proposals give equal text. */
    public String text() {
        String whole = text(notes());
        return whole.length() > LONGEST_TEXT ? text(Map.of()) : whole;
    }

    private String text(Map<String, List<String>> notes) {
        StringBuilder text = new StringBuilder();
        head().forEach(line -> comment(text, line));
        text.append(CharterText.render(charter, id -> notes.getOrDefault(id, List.of())));
        tail().forEach(line -> comment(text, line));
        return text.toString();
    }

    private List<String> head() {
        List<String> head = new ArrayList<>();
        head.add("Learned by pawl learn from " + seen.endings().runs().size()
                + (seen.endings().runs().size() == 1 ? " run" : " runs") + ": "
                + String.join(", ", seen.endings().runs().stream().limit(10).toList()));
        head.add(
                "It grants what was used and nothing else. Read every line before you rely on it: an agent that did harm"
                        + " while it was watched is granted that harm.");
        head.add("Files, environment and limits are those of the charter it ran under: which of them were used is not"
                + " recorded.");
        incomplete().forEach(why -> head.add("INCOMPLETE: " + why));
        endings.notes().forEach(note -> head.add("Note: " + note));
        return head;
    }

    private Map<String, List<String>> notes() {
        Map<String, List<String>> notes = new HashMap<>();
        lines.forEach(line -> notes.put(line.rule(), line.note()));
        notes.put("owner", List.of("Who answers for this agent: see that the name is right."));
        notes.put("purpose", List.of("One sentence, written by a person, on what this agent is for."));
        notes.put("budget", List.of("It sent " + seen.sent() + " bytes to the outside; budget.egress can limit that."));
        if (!programsNotNamed.isEmpty()) {
            List<String> why = new ArrayList<>();
            why.add("Any program may start: naming programs (commands) would have kept these from it.");
            programsNotNamed.forEach(reason -> why.add("  " + reason));
            notes.put("commands", why);
        }
        return notes;
    }

    private List<String> tail() {
        List<String> tail = new ArrayList<>();
        if (!failed.isEmpty()) {
            tail.add("Asked to start, and no program: " + String.join(", ", failed));
        }
        if (!refused.isEmpty()) {
            tail.add("Refused while it was watched, and not granted above:");
            refused.entrySet().stream().limit(MOST_REFUSED).forEach(entry -> tail.add("  " + refusal(entry)));
            if (refused.size() > MOST_REFUSED) {
                tail.add("  and " + (refused.size() - MOST_REFUSED) + " more");
            }
        }
        return tail;
    }

    private static String refusal(Map.Entry<Attempt, Observations.Refusal> entry) {
        Decision decision = entry.getValue().decision();
        String boundary = decision.boundary() == null ? "" : ", boundary " + CommentText.of(decision.boundary(), 64);
        return what(entry.getKey()) + " (rule " + CommentText.of(decision.rule(), 64) + boundary + "), "
                + entry.getValue().users().text() + "; " + outlook(entry.getKey(), decision);
    }

    /** What could be done about a refusal. */
    private static String outlook(Attempt attempt, Decision decision) {
        return switch (decision.rule()) {
            case Ids.PRIVATE_ADDRESS ->
                metadata(attempt)
                        ? "it cannot be granted"
                        : "not the open Internet: only a person can grant it, under network.addresses";
            case Ids.UDP, Ids.HOST_SOCKET -> "it cannot be granted";
            case Ids.DEFAULT -> "no grant covered it";
            case "unresolved" -> "the name led nowhere";
            case "protocol-mismatch" -> "the grant named another protocol";
            case "name-mismatch" -> "the grant was for another name";
            default ->
                NamesOnly.ID.equals(decision.boundary())
                        ? "take the name out of the boundary " + NamesOnly.ID + " to allow it"
                        : decision.by().equals("policy") && decision.boundary() != null
                                ? "it cannot be granted, whatever a charter says"
                                : "a grant does not change that";
        };
    }

    private static boolean metadata(Attempt attempt) {
        return attempt instanceof Attempt.Connect connect
                && Ranges.special(connect.address()).filter("metadata"::equals).isPresent();
    }

    private boolean failed(String file) {
        return failed.contains(CommentText.of(file, LONGEST));
    }

    private static String what(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec(ProcessInfo program, String _) -> "start " + CommentText.of(program.exe(), LONGEST);
            case Attempt.Resolve resolve -> "name " + CommentText.of(resolve.name(), LONGEST);
            case Attempt.Connect connect ->
                connect.transport().name().toLowerCase(Locale.ROOT) + " "
                        + CommentText.of(
                                connect.host().orElseGet(() -> connect.address().getHostAddress()), LONGEST)
                        + " port " + connect.port();
            case Attempt.Dial dial ->
                "address " + dial.address().getHostAddress() + " port " + dial.port() + " behind "
                        + CommentText.of(dial.host(), LONGEST);
            case Attempt.Request request ->
                "request " + CommentText.of(request.method(), LONGEST) + " "
                        + CommentText.of(request.host() + request.path(), LONGEST) + " port " + request.port();
            case Attempt.Leak leak ->
                "leak of " + CommentText.of(leak.kind(), LONGEST) + " to "
                        + CommentText.of(leak.request().host(), LONGEST) + " port "
                        + leak.request().port();
            case Attempt.Spend spend ->
                "spending by " + CommentText.of(spend.provider() + " " + spend.operation(), LONGEST) + " at "
                        + CommentText.of(spend.request().host(), LONGEST) + " port "
                        + spend.request().port();
            case Attempt.Speak speak ->
                "speak " + CommentText.of(speak.protocol(), LONGEST) + " to "
                        + CommentText.of(
                                speak.host().orElseGet(() -> speak.address().getHostAddress()), LONGEST)
                        + " port " + speak.port();
            case Attempt.Tool call ->
                "tool " + CommentText.of(call.tool(), LONGEST) + " of " + CommentText.of(call.server(), LONGEST);
            case Attempt.LocalConnect local -> "unix socket " + CommentText.of(local.path(), LONGEST);
            case Attempt.Mount mount -> "path " + CommentText.of(mount.path().toString(), LONGEST);
        };
    }

    private static void comment(StringBuilder text, String line) {
        text.append("# ").append(line).append('\n');
    }
}
