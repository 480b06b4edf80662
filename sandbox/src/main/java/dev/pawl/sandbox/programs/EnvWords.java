package dev.pawl.sandbox.programs;

import java.util.List;
import java.util.Optional;

/** What env(1) starts when it is the interpreter of a script. It gets the rest of the first line as one argument. */
final class EnvWords {
    private static final List<String> SPLIT = List.of("--split-string=", "--split-string", "-S", "-vS");
    private static final List<String> WITH_VALUE = List.of("-u", "-C", "--unset", "--chdir");

    private EnvWords() {}

    /** The program's name or path; empty where none can be told. */
    static Optional<String> program(String argument) {
        for (String option : SPLIT) {
            if (argument.startsWith(option)) {
                return first(argument.substring(option.length()).strip());
            }
        }
        boolean name = !argument.isEmpty() && !argument.startsWith("-") && !argument.contains("=");
        return name ? Optional.of(argument) : Optional.empty();
    }

    private static Optional<String> first(String words) {
        boolean value = false;
        for (String word : words.split("[ \t]+", -1)) {
            if (value) {
                value = false;
            } else if (WITH_VALUE.contains(word)) {
                value = true;
            } else if (!word.isEmpty() && !word.startsWith("-") && !word.contains("=")) {
                return word.matches(".*[\"'\\\\$].*") ? Optional.empty() : Optional.of(word);
            }
        }
        return Optional.empty();
    }
}
