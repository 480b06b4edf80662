package dev.pawl.core;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an event says. Each alternative stands in the record under the key {@link #kind()}. */
public sealed interface Body {
    /** The key and the value of the event's {@code kind}. */
    String kind();

    /**
     * A program that was started.
     *
     * @param exe as the call named it
     * @param parent the program that started it
     * @param file real path inside the sandbox of the file that would run, or null where it could not be told
     */
    record Exec(
            String exe,
            List<String> argv,
            String cwd,
            Parent parent,
            @Nullable String file) implements Body {
        public Exec {
            argv = List.copyOf(argv);
        }

        /** Of a file that could not be told. */
        public Exec(String exe, List<String> argv, String cwd, Parent parent) {
            this(exe, argv, cwd, parent, null);
        }

        @Override
        public String kind() {
            return "exec";
        }
    }

    /** Who started a program. */
    record Parent(int pid, String exe, List<String> argv) {
        public Parent {
            argv = List.copyOf(argv);
        }
    }

    /** A name that was asked for, the answers given to the agent and the DNS response code by name. */
    record Dns(String name, String type, List<String> answers, String code) implements Body {
        public Dns {
            answers = List.copyOf(answers);
        }

        @Override
        public String kind() {
            return "dns";
        }
    }

    /** A connection that was tried. {@code transport} is tcp, udp or unix; for unix, address is the path, port 0. */
    record Connect(String transport, @Nullable String host, String address, int port) implements Body {
        @Override
        public String kind() {
            return "connect";
        }
    }

    /**
     * The beginning of what flowed one way, as other tools record it; Pawl itself writes none.
     *
     * @param flow id of the flow
     * @param out whether it left the side that opened the connection
     * @param data in base64, of the first 4096 bytes of that way
     */
    record Payload(String flow, boolean out, String data) implements Body {
        @Override
        public String kind() {
            return "payload";
        }
    }

    /**
     * Bytes that went through the gateway; written when the flow opens and once more when it closes.
     *
     * @param flow id of the flow, the same in both events
     * @param address the real address dialled
     * @param protocol of the grant while open; once closed what was recognised, or unknown
     * @param sent bytes from the agent, received bytes to it
     * @param closed null while open
     * @param spoken what its first bytes said, once closed
     */
    record Flow(
            String flow,
            @Nullable String host,
            String address,
            int port,
            String protocol,
            long sent,
            long received,
            Instant opened,
            @Nullable Instant closed,
            Spoken spoken)
            implements Body {
        /** Of which nothing is known but its grant. */
        public Flow(
                String flow,
                @Nullable String host,
                String address,
                int port,
                String protocol,
                long sent,
                long received,
                Instant opened,
                @Nullable Instant closed) {
            this(flow, host, address, port, protocol, sent, received, opened, closed, Spoken.NOTHING);
        }

        @Override
        public String kind() {
            return "flow";
        }
    }

    /**
     * An HTTP request under an inspected grant; written when it is decided and once more when it was answered.
     *
     * @param flow id of its flow, or null where it is not known
     * @param path normalised, without the query
     * @param status of the answer, null before it came
     * @param sent bytes of the request's body, received those of the answer's
     * @param leak what it was held for, where this is about that; null where it is not
     */
    record Http(
            @Nullable String flow,
            String method,
            String host,
            int port,
            String path,
            @Nullable Integer status,
            long sent,
            long received,
            @Nullable Leak leak)
            implements Body {
        /**
         * What was found in a request that should stay inside, never the text.
         *
         * @param kind such as {@code private-key}
         * @param place where in the request
         */
        public record Leak(String kind, String place) {}

        /** Of the request itself. */
        public Http(
                @Nullable String flow,
                String method,
                String host,
                int port,
                String path,
                @Nullable Integer status,
                long sent,
                long received) {
            this(flow, method, host, port, path, status, sent, received, null);
        }

        @Override
        public String kind() {
            return "http";
        }
    }

    /**
     * A request that costs money; written when it is decided, before anything of it is forwarded.
     *
     * @param provider whom it is paid to
     * @param operation what is called
     * @param change what it does: provision, scale, purchase, upgrade, quota, or unknown
     * @param path normalised, without the query
     * @param price null where it is not known
     */
    record Spend(
            String provider,
            String operation,
            String change,
            String method,
            String host,
            int port,
            String path,
            @Nullable Price price)
            implements Body {
        @Override
        public String kind() {
            return "spend";
        }
    }

    /**
     * What is known of a flow by its first bytes and by its course; each is null where it is not known.
     *
     * @param speaks which protocol a grant would have to name, tcp where only that carries it
     * @param dialect version or variant of the protocol
     * @param over what carries it, such as http for a websocket
     * @param confidence certain or suspect
     * @param sni server name of a TLS hello
     * @param alpn protocols it offers, separated by commas
     */
    record Spoken(
            @Nullable String speaks,
            @Nullable String dialect,
            @Nullable String over,
            @Nullable String confidence,
            @Nullable String sni,
            @Nullable String alpn,
            @Nullable Course course) {
        /** Nothing is known. */
        public static final Spoken NOTHING = new Spoken(null, null, null, null, null, null, null);

        /** Only what a grant would have to name. */
        public static Spoken as(@Nullable String speaks) {
            return new Spoken(speaks, null, null, null, null, null, null);
        }
    }

    /**
     * How a flow went: the first payloads each way, a payload being what one look at the connection found.
     *
     * @param outFirst whether the side that opened the connection spoke first
     * @param outSizes bytes, at most 100; {@code outMillis} when, since the flow opened; {@code in...} the other way
     * @param pauses how often nothing flowed for a second or longer
     * @param longestPause in milliseconds
     */
    record Course(
            boolean outFirst,
            List<Long> outSizes,
            List<Long> outMillis,
            List<Long> inSizes,
            List<Long> inMillis,
            long pauses,
            long longestPause) {
        public Course {
            outSizes = List.copyOf(outSizes);
            outMillis = List.copyOf(outMillis);
            inSizes = List.copyOf(inSizes);
            inMillis = List.copyOf(inMillis);
        }
    }

    /**
     * A model's answer to one request.
     *
     * @param provider whose protocol was spoken
     * @param inputTokens all that the model read, null where the provider did not say
     * @param outputTokens all that it wrote, null where the provider did not say
     * @param costMicros in millionths of a US dollar, null where no price is known
     * @param toolCalls what the model asked its agent to do; each is an event of its own as well
     */
    record Model(
            String provider,
            String model,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Long costMicros,
            List<ToolCall> toolCalls)
            implements Body {
        public Model {
            toolCalls = List.copyOf(toolCalls);
        }

        @Override
        public String kind() {
            return "model";
        }
    }

    /**
     * What a model asked for. {@code arguments} is JSON as the model wrote it, cut at {@value #LONGEST} characters; what is
     * cut ends in ….
     */
    record ToolCall(String id, String name, String arguments) {
        /** Characters of arguments in an event. */
        public static final int LONGEST = 1_024;
    }

    /**
     * A tool that was called.
     *
     * @param server {@link #MODEL} for a call that a model made, else the name of the MCP server
     * @param arguments JSON, cut at {@value #LONGEST} characters; what is cut ends in …
     * @param outcome null while it is not known
     */
    record Tool(
            String server,
            String name,
            String arguments,
            @Nullable String outcome) implements Body {
        /** Of arguments no more than so many characters. */
        public static String cut(String arguments, int longest) {
            return arguments.length() <= longest ? arguments : arguments.substring(0, longest - 1) + "…";
        }

        /** The server of calls that a model made and its agent carries out. */
        public static final String MODEL = "model";

        /** Characters of arguments in an event. */
        public static final int LONGEST = 65_536;

        @Override
        public String kind() {
            return "tool";
        }
    }

    /** A file of interest that was touched. {@code access} is read, write, create or delete. */
    record FileAccess(String path, String access, boolean decoy) implements Body {
        @Override
        public String kind() {
            return "file";
        }
    }

    /** Use of the machine by the whole run since the last such event. */
    record Resource(double intervalSeconds, double cpuSeconds, long memoryBytes, int processes) implements Body {
        @Override
        public String kind() {
            return "resource";
        }
    }

    /**
     * Something done to the run: start, ready, stop, freeze, resume, end, budget.
     *
     * @param actor OS user, or the part of Pawl that acted
     * @param tookMillis how long it took, or null
     * @param detail one sentence, or null
     */
    record Control(
            String operation,
            String actor,
            @Nullable Double tookMillis,
            @Nullable String detail) implements Body {
        @Override
        public String kind() {
            return "control";
        }
    }

    /**
     * A detector's verdict over events.
     *
     * @param detector which one: for a rule {@code sigma} and its id
     * @param boundary the boundary it guards, or null
     * @param technique ids of ATT&CK and ATLAS
     * @param evidence ids of the events it rests on, oldest first
     */
    record Finding(
            String detector,
            String title,
            Severity severity,
            @Nullable String boundary,
            List<String> technique,
            List<String> evidence)
            implements Body {
        public Finding {
            technique = List.copyOf(technique);
            evidence = List.copyOf(evidence);
        }

        @Override
        public String kind() {
            return "finding";
        }
    }

    /** What a finding asks for. */
    enum Severity {
        /** Nothing; it is kept for whoever looks later. */
        OBSERVE,
        /** That a person looks. */
        REVIEW,
        /** That somebody acts now. */
        ACT;

        /** As written in events. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
