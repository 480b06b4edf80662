package dev.pawl.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one agent is, who answers for it and what it may do. Everything not granted here is denied.
 *
 * @param agent name of the agent, 1 to 64 characters of {@code [a-z0-9._-]}
 * @param owner who is called when something happens
 * @param purpose one sentence a human wrote about what this agent is for
 * @param workspace absolute real path of the one directory the agent may change
 * @param files further paths made visible
 * @param network hosts and addresses that may be reached
 * @param commands programs that may start; empty means any that the sandbox shows
 * @param env environment variables the agent receives
 * @param budget limits of one run
 * @param asks how questions to a person are held
 * @param boundaries boundaries of this charter's own, beside the standard ones
 * @param instructions kinds of agent, such as {@code claude}, whose instruction file in the private home is to hold the
 *     charter
 * @param secrets what the gateway puts into requests in the agent's name
 * @param tools tools of MCP servers that may be called
 * @param source where this charter came from, for messages: a file path or {@code built-in}
 */
public record Charter(
        String agent,
        Owner owner,
        String purpose,
        Path workspace,
        FileGrants files,
        NetworkGrants network,
        Optional<List<CommandGrant>> commands,
        Environment env,
        Budget budget,
        Asks asks,
        List<Boundary> boundaries,
        List<String> instructions,
        List<SecretGrant> secrets,
        ToolGrants tools,
        String source) {
    public Charter {
        commands = commands.map(List::copyOf);
        boundaries = List.copyOf(boundaries);
        instructions = List.copyOf(instructions);
        secrets = List.copyOf(secrets);
    }

    /** A charter without tools. */
    public Charter(
            String agent,
            Owner owner,
            String purpose,
            Path workspace,
            FileGrants files,
            NetworkGrants network,
            Optional<List<CommandGrant>> commands,
            Environment env,
            Budget budget,
            Asks asks,
            List<Boundary> boundaries,
            List<String> instructions,
            List<SecretGrant> secrets,
            String source) {
        this(
                agent,
                owner,
                purpose,
                workspace,
                files,
                network,
                commands,
                env,
                budget,
                asks,
                boundaries,
                instructions,
                secrets,
                ToolGrants.NONE,
                source);
    }

    /** A charter without secrets. */
    public Charter(
            String agent,
            Owner owner,
            String purpose,
            Path workspace,
            FileGrants files,
            NetworkGrants network,
            Optional<List<CommandGrant>> commands,
            Environment env,
            Budget budget,
            Asks asks,
            List<Boundary> boundaries,
            List<String> instructions,
            String source) {
        this(
                agent,
                owner,
                purpose,
                workspace,
                files,
                network,
                commands,
                env,
                budget,
                asks,
                boundaries,
                instructions,
                List.of(),
                source);
    }

    /** A charter whose questions wait for the usual time. */
    public Charter(
            String agent,
            Owner owner,
            String purpose,
            Path workspace,
            FileGrants files,
            NetworkGrants network,
            Optional<List<CommandGrant>> commands,
            Environment env,
            Budget budget,
            List<Boundary> boundaries,
            List<String> instructions,
            String source) {
        this(
                agent,
                owner,
                purpose,
                workspace,
                files,
                network,
                commands,
                env,
                budget,
                Asks.USUAL,
                boundaries,
                instructions,
                source);
    }

    /**
     * How attempts under a grant that asks are held.
     *
     * @param patience how long an attempt is held before no answer is a denial, 1 second to 24 hours; frozen time does not
     *     count
     */
    public record Asks(Duration patience) {
        public static final Duration LEAST = Duration.ofSeconds(1);
        public static final Duration MOST = Duration.ofHours(24);
        public static final Asks USUAL = new Asks(Duration.ofMinutes(5));

        /** What a person is told where a grant that asks gives no reason. */
        public static final String NO_REASON = "whoever granted it wants a person to look first";

        /** Characters of a reason. */
        public static final int LONGEST_REASON = 200;

        public Asks {
            if (patience.compareTo(LEAST) < 0 || patience.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("a question waits 1 second to 24 hours");
            }
        }
    }

    /** The person or team that answers for an agent. {@code page} holds addresses, most urgent first. */
    public record Owner(String name, List<String> page) {
        public Owner {
            page = List.copyOf(page);
            if (name.isBlank()) {
                throw new IllegalArgumentException("an agent needs an owner with a name");
            }
        }
    }

    /**
     * Absolute paths visible read-only and read-write beside the workspace.
     *
     * @param marked patterns of files in the workspace, relative to it, of which no part may leave
     */
    public record FileGrants(List<Path> read, List<Path> write, List<String> marked) {
        public FileGrants {
            read = List.copyOf(read);
            write = List.copyOf(write);
            marked = List.copyOf(marked);
        }

        /** Without marked files. */
        public FileGrants(List<Path> read, List<Path> write) {
            this(read, write, List.of());
        }
    }

    /**
     * What may be reached over the network.
     *
     * @param allow hosts by name
     * @param addresses raw addresses; also lifts the refusal of private ranges for names that resolve into them
     * @param routes exact host name to the upstream that is dialled instead
     * @param authorities PEM files with certificates of authorities that upstreams of inspected grants may have beside
     *     those the machine trusts
     * @param resolver name server asked for granted names, {@code host:port}; empty means the machine's own
     */
    public record NetworkGrants(
            List<HostGrant> allow,
            List<AddressGrant> addresses,
            Map<String, Endpoint> routes,
            List<Path> authorities,
            Optional<Endpoint> resolver) {
        /** Without further authorities. */
        public NetworkGrants(
                List<HostGrant> allow,
                List<AddressGrant> addresses,
                Map<String, Endpoint> routes,
                Optional<Endpoint> resolver) {
            this(allow, addresses, routes, List.of(), resolver);
        }

        public NetworkGrants {
            allow = List.copyOf(allow);
            addresses = List.copyOf(addresses);
            routes = Map.copyOf(routes);
            authorities = List.copyOf(authorities);
        }
    }

    /** Environment names passed through from the invoking user, and values set here. */
    public record Environment(List<String> pass, Map<String, String> set) {
        public Environment {
            pass = List.copyOf(pass);
            set = Map.copyOf(set);
        }
    }
}
