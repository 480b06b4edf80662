package dev.pawl.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Permission to start a program.
 *
 * @param id rule name used in decisions, unique in its charter, for example {@code commands[0]}
 * @param program absolute real path of the file, links followed
 * @param arguments what may follow the program's name; empty means anything
 * @param ask why a person is asked before each start; empty means nobody is
 */
public record CommandGrant(String id, Path program, List<Arguments> arguments, Optional<String> ask) {
    public CommandGrant {
        arguments = List.copyOf(arguments);
    }

    /** A grant that asks nobody. */
    public CommandGrant(String id, Path program, List<Arguments> arguments) {
        this(id, program, arguments, Optional.empty());
    }

    /**
     * A pattern for the arguments after the program's name, word by word.
     *
     * @param words at most {@value #MAX_WORDS}; in each, {@code *} stands for any characters of that one argument and
     *     {@code \\*} for a star
     * @param more whether further arguments may follow
     */
    public record Arguments(List<String> words, boolean more) {
        public static final int MAX_WORDS = 15;

        public Arguments {
            words = List.copyOf(words);
            if (words.size() > MAX_WORDS) {
                throw new IllegalArgumentException("more than " + MAX_WORDS + " words");
            }
        }
    }
}
