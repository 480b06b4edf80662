package dev.pawl.policy;

import dev.pawl.core.CommandGrant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code commands}: which programs may start, and with which arguments. */
final class CommandReader {
    static final List<String> KEYS = List.of("program", "arguments", AskReader.ASK);

    private static final String MORE = "**";
    private static final String ALLOWED = "text is allowed: words with spaces between, such as \"log --oneline **\"";
    private static final int LONGEST = 4096;
    private static final int LONGEST_WORD = 200;

    private CommandReader() {}

    /**
     * The grants of a list.
     *
     * @param prefix what stands before the path of an item to make its rule's name
     * @param writable directories in which the agent may put another program in a granted one's place
     */
    static List<CommandGrant> read(Value list, String prefix, List<Path> writable) {
        List<CommandGrant> grants = new ArrayList<>();
        for (Value item : list.items()) {
            item.section(KEYS).ifPresent(section -> read(section, prefix, writable, grants));
        }
        return grants;
    }

    private static void read(Section section, String prefix, List<Path> writable, List<CommandGrant> into) {
        Optional<Path> program = section.required("program").flatMap(value -> program(value, writable));
        List<CommandGrant.Arguments> arguments =
                section.get("arguments").map(CommandReader::arguments).orElse(List.of());
        Optional<String> ask = AskReader.ask(section);
        if (program.isEmpty()) {
            return;
        }
        into.stream()
                .filter(grant ->
                        grant.program().equals(program.get()) && grant.ask().equals(ask))
                .findFirst()
                .ifPresent(grant -> section.self()
                        .problem("grants " + Shown.clean(program.get().toString()) + " a second time; " + grant.id()
                                + " does already: put all its arguments there"));
        into.add(new CommandGrant(prefix + section.self().path(), program.get(), arguments, ask));
    }

    private static Optional<Path> program(Value value, List<Path> writable) {
        Optional<String> text = value.text(LONGEST, Programs.ALLOWED);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> found = value.parsed(LONGEST, Programs::one).flatMap(path -> path);
        if (found.isEmpty()) {
            missing(value, text.get());
            return found;
        }
        Path real = found.get();
        if (real.toString().codePoints().anyMatch(Shown::steers)) {
            value.problem("leads to a path with invisible characters in it; rename that file");
            return Optional.empty();
        }
        if (writable.stream().anyMatch(real::startsWith)) {
            value.problem("is " + Shown.clean(real.toString()) + ", where the agent may put another program in its"
                    + " place; move it out of what the agent may write");
            return Optional.empty();
        }
        return found;
    }

    /** Says nothing more where the text is no program's name at all: that was said. */
    private static void missing(Value value, String text) {
        try {
            Programs.one(text);
            value.problem("is " + Shown.quote(text) + ", and there is no such program"
                    + (text.startsWith("/") ? "" : " in " + Programs.places())
                    + "; an installed program is allowed");
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    private static List<CommandGrant.Arguments> arguments(Value list) {
        if (list.node() instanceof SequenceNode sequence && sequence.getValue().isEmpty()) {
            list.problem("is an empty list, which would grant nothing; leave the key out to allow any arguments, or"
                    + " write [\"\"] for none");
        }
        List<CommandGrant.Arguments> patterns = new ArrayList<>();
        for (Value item : list.items()) {
            Optional<CommandGrant.Arguments> pattern =
                    item.written().filter(String::isEmpty).isPresent()
                            ? Optional.of(new CommandGrant.Arguments(List.of(), false))
                            : item.text(LONGEST, ALLOWED).flatMap(text -> pattern(item, text));
            pattern.ifPresent(patterns::add);
        }
        return patterns;
    }

    private static Optional<CommandGrant.Arguments> pattern(Value item, String text) {
        List<String> words = new ArrayList<>(List.of(text.strip().split(" +")));
        boolean more = words.getLast().equals(MORE);
        if (more) {
            words.removeLast();
        }
        if (words.size() > CommandGrant.Arguments.MAX_WORDS) {
            item.problem("has " + words.size() + " words; at most " + CommandGrant.Arguments.MAX_WORDS
                    + " are allowed: end it with ** to allow any further arguments");
            return Optional.empty();
        }
        if (words.stream().anyMatch(word -> word.contains(MORE))) {
            item.problem("has ** elsewhere than as its last word; * stands for any characters of one argument");
            return Optional.empty();
        }
        return Optional.of(new CommandGrant.Arguments(words, more));
    }

    /** The narrowest pattern that a charter can write for these arguments, the program's name first. */
    static String exactly(List<String> argv) {
        List<String> words = new ArrayList<>();
        for (String argument : argv.subList(Math.min(1, argv.size()), argv.size())) {
            if (words.size() == CommandGrant.Arguments.MAX_WORDS) {
                words.add(MORE);
                break;
            }
            boolean sayable = !argument.isEmpty()
                    && argument.length() <= LONGEST_WORD
                    && argument.codePoints().noneMatch(c -> c == ' ' || Shown.steers(c));
            words.add(sayable ? argument.replace("*", "\\*") : "*");
        }
        return String.join(" ", words);
    }

    /** As a charter writes it. */
    static String text(CommandGrant.Arguments arguments) {
        String words = String.join(" ", arguments.words());
        return arguments.more() ? (words + " " + MORE).strip() : words;
    }
}
