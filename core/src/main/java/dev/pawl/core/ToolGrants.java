package dev.pawl.core;

import java.util.List;
import java.util.Optional;

/**
 * Which tools of MCP servers an agent may call. What nothing here allows is denied.
 *
 * @param deny goes before whatever is allowed
 * @param answer bytes an answer may have at most
 */
public record ToolGrants(List<Grant> allow, List<Refusal> deny, long answer) {
    /** Bytes of an answer where the charter says nothing. */
    public static final long USUAL_ANSWER = 8 << 20;

    /** Bytes of any message; no charter allows more. */
    public static final long MOST_ANSWER = 32 << 20;

    /** No tool may be called. */
    public static final ToolGrants NONE = new ToolGrants(List.of(), List.of(), USUAL_ANSWER);

    public ToolGrants {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /**
     * Permission to call tools of one server.
     *
     * @param id rule name used in decisions, unique in its charter, for example {@code tools.allow[0]}
     * @param server what the charter calls the server
     * @param tool name; {@code *} stands for any characters, {@code \*} for a star
     * @param arguments all that a call may have; empty means anything
     * @param ask why a person is asked before each call; empty means nobody is
     * @param pays whether the tool spends money; then a person is asked
     */
    public record Grant(
            String id,
            String server,
            String tool,
            Optional<List<Argument>> arguments,
            Optional<String> ask,
            boolean pays) {
        /** What a person is told of a paying tool where the grant gives no reason. */
        public static final String PAYS = "it spends money";

        public Grant {
            arguments = arguments.map(List::copyOf);
            if (pays && ask.isEmpty()) {
                throw new IllegalArgumentException("nobody is asked about a tool that spends money");
            }
        }

        /** Whether the pattern covers a tool's name, whatever the arguments. */
        public boolean covers(String name) {
            return matches(tool, name);
        }

        /** Each star is tried at its shortest first; only the last one passed has to be tried again. */
        private static boolean matches(String pattern, String text) {
            int p = 0;
            int t = 0;
            int star = -1;
            int mark = 0;
            while (t < text.length()) {
                boolean escaped = pattern.startsWith("\\*", p);
                if (p < pattern.length() && !escaped && pattern.charAt(p) == '*') {
                    star = p++;
                    mark = t;
                } else if (p < pattern.length() && pattern.charAt(escaped ? p + 1 : p) == text.charAt(t)) {
                    p += escaped ? 2 : 1;
                    t++;
                } else if (star >= 0) {
                    p = star + 1;
                    t = ++mark;
                } else {
                    return false;
                }
            }
            while (p < pattern.length() && pattern.charAt(p) == '*') {
                p++;
            }
            return p == pattern.length();
        }
    }

    /**
     * One argument at the top of a call.
     *
     * @param optional whether a call may leave it out
     * @param pattern for its text, or for the JSON of what is no text; stars as in names
     */
    public record Argument(String name, boolean optional, String pattern) {}

    /**
     * Tools that may never be called.
     *
     * @param id rule name, for example {@code tools.deny[0]}
     * @param because the reason, for whoever reads the denial
     */
    public record Refusal(String id, String server, String tool, String because) {}
}
