package dev.pawl.core;

import dev.pawl.core.Attempt.Transport;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Exactly what would happen after a yes: not who asks it when, but everything that makes it this act and no other. Digests
 * are SHA-256 in lower-case hex, of all of it where texts for a person may be cut; {@code content} is that of a file's
 * content, or of which file it is and its time stamps where the agent cannot write it.
 */
public sealed interface Act {
    /**
     * The program that acts.
     *
     * @param exe its real path inside the sandbox, and the digest of that file's content
     * @param argv its arguments as shown, cut as in {@link ProcessInfo}; {@code arguments} is the digest of all
     */
    record Caller(String exe, String content, List<String> argv, String arguments, String cwd, String user) {
        public Caller {
            argv = List.copyOf(argv);
        }
    }

    /**
     * Running a program.
     *
     * @param file real path inside the sandbox, and the digest of its content
     * @param argv as shown; {@code arguments} is the digest of all
     * @param environment digest of all environment variables in their order
     * @param changed for a person: variables ({@code NAME=value}, cut) that the run did not begin with like this
     * @param named digests of the regular files that arguments and changed variables name, by that path: scripts and the
     *     like
     */
    record Exec(
            String file,
            String content,
            List<String> argv,
            String arguments,
            String cwd,
            String user,
            String environment,
            List<String> changed,
            Map<String, String> named)
            implements Act {
        public Exec {
            argv = List.copyOf(argv);
            changed = List.copyOf(changed);
            named = Map.copyOf(named);
        }
    }

    /**
     * An HTTP request.
     *
     * @param exe the program whose connection it comes over, and its arguments as shown
     * @param target path and query as sent
     * @param headers digest of the header fields that say what is done; not of those that differ each time
     * @param content digest of the body; empty where it was not read whole, and then any body is agreed to
     */
    record Request(
            String exe,
            List<String> argv,
            String host,
            int port,
            String method,
            String target,
            String headers,
            String content)
            implements Act {
        public Request {
            argv = List.copyOf(argv);
        }
    }

    /**
     * Letting a request go on that carries out what should stay inside. Nothing of it is a text that was found: a target is
     * left out where it may hold one, and so are the program's arguments.
     *
     * @param exe the program whose connection it comes over
     * @param target path as decided, without the query; empty where the finding is in the target
     * @param found what was found
     * @param place where in the request
     * @param size bytes of the body seen so far
     * @param content digest of the head and of the body as far as it was seen: a yes holds for these bytes alone
     */
    record Leak(
            String exe,
            String host,
            int port,
            String method,
            String target,
            String found,
            String place,
            long size,
            String content)
            implements Act {}

    /**
     * Calling a tool of an MCP server.
     *
     * @param arguments JSON as it was sent
     * @param content digest of those bytes
     */
    record Tool(String server, String tool, String arguments, String content) implements Act {}

    /**
     * Showing an agent another description of a tool than the one it knows.
     *
     * @param definition JSON of the new one
     * @param content digest of it in canonical form; {@code before} that of the one it knows
     */
    record Definition(String server, String tool, String definition, String content, String before) implements Act {}

    /**
     * A request that costs money.
     *
     * @param exe the program whose connection it comes over
     * @param target path as decided, without the query
     * @param price what it costs; empty where that is not known
     * @param details what of it tells how much is bought, such as {@code InstanceType=t3.micro}
     * @param size bytes of its body
     * @param content digest of the head and of the whole body: a yes holds for these bytes alone
     */
    record Spend(
            String exe,
            String host,
            int port,
            String method,
            String target,
            String provider,
            String operation,
            String change,
            String price,
            List<String> details,
            long size,
            String content)
            implements Act {
        public Spend {
            details = List.copyOf(details);
        }
    }

    /** Opening a connection; {@code addresses} are where it would lead now. */
    record Connect(Caller caller, Transport transport, Optional<String> host, List<InetAddress> addresses, int port)
            implements Act {
        public Connect {
            addresses = List.copyOf(addresses);
        }
    }
}
