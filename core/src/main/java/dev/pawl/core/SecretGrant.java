package dev.pawl.core;

import java.nio.file.Path;
import java.util.List;

/**
 * A secret the agent may use and never holds: it holds a placeholder, and the gateway puts the value in. Names where the
 * value is, never the value.
 *
 * @param id rule name used in decisions, unique in its charter, for example {@code secrets[0]}
 * @param name what people call it, unique in its charter
 * @param source where the value is read when a run starts, outside the sandbox
 * @param host exact name of an inspected host grant, the only host it is sent to
 * @param port the port of that grant
 * @param as environment variable of the agent that holds the placeholder
 * @param place where in a request it is put in
 */
public record SecretGrant(String id, String name, Source source, String host, int port, String as, Place place) {
    /** Where a value comes from. */
    public sealed interface Source {
        /** An environment variable of who starts the run. */
        record Env(String name) implements Source {}

        /** The content of a file, without a line break at its end. */
        record File(Path path) implements Source {}

        /** What a program writes to its standard output, without a line break at its end. */
        record Command(List<String> argv) implements Source {
            public Command {
                argv = List.copyOf(argv);
            }
        }
    }

    /** Where in a request a value stands. */
    public sealed interface Place {
        /** {@code Authorization: Bearer VALUE}, or {@code token VALUE}. */
        record Bearer() implements Place {}

        /** Either half of {@code Authorization: Basic}. */
        record Basic() implements Place {}

        /** The whole value of a header; {@code name} is lower-case. */
        record Header(String name) implements Place {}

        /** The whole value of a parameter of the query. */
        record Query(String name) implements Place {}

        /** The key that signs: an AWS Signature Version 4 is made anew. The value is {@code KEYID:SECRET} or {@code KEYID:SECRET:TOKEN}. */
        record AwsSigV4() implements Place {}
    }
}
