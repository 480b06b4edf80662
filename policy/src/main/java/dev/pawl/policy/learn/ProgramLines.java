package dev.pawl.policy.learn;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.ProcessInfo;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Grants of programs. A charter that names programs lets no other start, so either all that ran can be named or none is:
 * one that the agent may write, or that only the sandbox has, cannot be.
 */
final class ProgramLines {
    private static final int MOST_REASONS = 8;
    private static final int LONGEST_PATH = 120;
    /** Of all patterns together, so that what an agent starts cannot make a charter too large to be read. */
    private static final int MOST_CHARACTERS = 60_000;

    private static final List<Path> SYSTEM =
            Stream.of("/usr", "/bin", "/sbin", "/lib", "/lib64").map(Path::of).toList();

    final List<CommandGrant> grants = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();

    /** Directories that were shown for the sake of programs, and would not be if programs are named. */
    final List<Path> read = new ArrayList<>();

    /** Why programs cannot be named; empty where they are. */
    final List<String> reasons = new ArrayList<>();

    /** Files that were asked to start and are no programs. */
    final List<String> failed = new ArrayList<>();

    private int characters;

    private final Charter charter;
    private final Wishes wishes;

    private record Started(List<List<String>> calls, Seen seen) {}

    private ProgramLines(Charter charter, Wishes wishes) {
        this.charter = charter;
        this.wishes = wishes;
    }

    /** For what was allowed to start; an organisation's programs need no line but count as named. */
    static ProgramLines of(Observations seen, Needs needs, Charter charter, Wishes wishes) {
        ProgramLines programs = new ProgramLines(charter, wishes);
        TreeMap<String, Started> started = new TreeMap<>();
        seen.allowed().forEach((attempt, use) -> {
            if (attempt instanceof Attempt.Exec(ProcessInfo program, String file)) {
                String name = file.isEmpty() ? program.exe() : file;
                if (file.isEmpty()) {
                    programs.reason(name, "which file ran is not on record");
                } else if (needs.needed(attempt)) {
                    Started calls = started.computeIfAbsent(name, _ -> new Started(new ArrayList<>(), new Seen()));
                    calls.calls.add(program.argv());
                    calls.seen.add(new Needs.Need(attempt, use, needs.ask(attempt)));
                }
            }
        });
        started.forEach(programs::add);
        if (seen.allowed().keySet().stream().noneMatch(Attempt.Exec.class::isInstance)) {
            programs.reasons.add("no program was seen to start");
        }
        return programs;
    }

    /** Whether the charter can name the programs. */
    boolean named() {
        return reasons.isEmpty();
    }

    private void add(String file, Started started) {
        Optional<Path> program = path(file);
        if (program.isEmpty() || file.codePoints().anyMatch(Shown::steers)) {
            reason(file, "a charter cannot hold such a path");
        } else if (below(program.get(), writable())) {
            reason(file, "the agent may write there");
        } else if (!below(program.get(), SYSTEM) && !below(program.get(), shown())) {
            reason(file, "only the sandbox has it");
        } else if (!Files.exists(program.get())) {
            reason(file, "it is not on this machine");
        } else if (!Files.isRegularFile(program.get()) || !Files.isExecutable(program.get())) {
            failed.add(CommentText.of(file, LONGEST_PATH));
        } else if (!real(program.get())) {
            reason(file, "its path leads elsewhere by now");
        } else {
            add(program.get(), started);
        }
    }

    private void add(Path program, Started started) {
        String rule = "commands[" + grants.size() + "]";
        List<CommandGrant.Arguments> forms = wishes.anyArguments() ? List.of() : Forms.of(started.calls);
        characters +=
                forms.stream().mapToInt(form -> CharterText.text(form).length()).sum();
        forms = characters > MOST_CHARACTERS ? List.of() : forms;
        grants.add(new CommandGrant(rule, program, forms, started.seen.ask()));
        List<String> note = new ArrayList<>();
        if (forms.isEmpty() && !wishes.anyArguments()) {
            note.add("with any arguments: they were too many or too long to be named");
        }
        note.add(started.seen.users.text());
        String arguments = forms.isEmpty()
                ? "any arguments"
                : forms.stream().map(CharterText::text).toList().toString();
        lines.add(Line.of(rule, program + " with " + arguments, started.seen.users, note));
        boolean plain = below(program, SYSTEM) || below(program, charter.files().read());
        if (!plain) {
            wishes.shown().stream()
                    .filter(path -> program.startsWith(path) && !program.equals(path))
                    .filter(path -> !path.endsWith("node_modules") && !read.contains(path))
                    .forEach(read::add);
        }
    }

    private void reason(String file, String why) {
        String reason = CommentText.of(file, LONGEST_PATH) + ": " + why;
        if (reasons.size() < MOST_REASONS && !reasons.contains(reason)) {
            reasons.add(reason);
        }
    }

    private List<Path> writable() {
        return Stream.concat(Stream.of(charter.workspace()), charter.files().write().stream())
                .toList();
    }

    private List<Path> shown() {
        return Stream.concat(charter.files().read().stream(), wishes.shown().stream())
                .toList();
    }

    private static boolean below(Path path, List<Path> directories) {
        return directories.stream().anyMatch(path::startsWith);
    }

    private static Optional<Path> path(String file) {
        try {
            return Optional.of(Path.of(file)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean real(Path program) {
        try {
            return program.toRealPath().equals(program);
        } catch (IOException e) {
            return false;
        }
    }
}
