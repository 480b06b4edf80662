package dev.pawl.gateway.identify;

import java.util.List;

/**
 * A protocol of lines in which the server greets and the client then gives a command: both together are certain, the
 * greeting alone is where it names the protocol. The opener may be the server, as where a connection is turned round.
 */
final class Greeted implements Recogniser {
    private static final int WORD_LIMIT = 16;

    private final String protocol;
    private final List<String> greetings;
    private final List<String> commands;
    private final List<String> names;

    private enum Fit {
        NOTHING,
        MORE,
        YES,
        NO
    }

    private Greeted(String protocol, List<String> greetings, List<String> commands, List<String> names) {
        this.protocol = protocol;
        this.greetings = greetings;
        this.commands = commands;
        this.names = names;
    }

    /** RFC 5321. */
    static Recogniser smtp() {
        return new Greeted(
                "smtp", List.of("220 ", "220-"), List.of("ehlo", "helo", "lhlo"), List.of("smtp", "postfix", "exim"));
    }

    /** RFC 959, 2228, 2389. */
    static Recogniser ftp() {
        return new Greeted(
                "ftp",
                List.of("220 ", "220-"),
                List.of("user", "auth", "feat", "opts", "syst", "host"),
                List.of("ftp"));
    }

    /** RFC 1939, 2449. */
    static Recogniser pop3() {
        return new Greeted(
                "pop3",
                List.of("+OK"),
                List.of("user", "capa", "apop", "stls", "auth", "quit", "pass"),
                List.of("pop3", "pop "));
    }

    /** RFC 3977. */
    static Recogniser nntp() {
        return new Greeted(
                "nntp",
                List.of("200 ", "201 "),
                List.of("capabilities", "mode", "group", "list", "authinfo", "article", "xover", "quit", "starttls"),
                List.of("nntp", "news"));
    }

    @Override
    public Verdict judge(Seen seen) {
        Verdict verdict = judge(seen.in(), seen.out());
        return verdict instanceof Verdict.No ? judge(seen.out(), seen.in()) : verdict;
    }

    private Verdict judge(Bytes server, Bytes client) {
        Fit greeting = greeting(server);
        Fit command = command(client);
        if (greeting == Fit.NO || command == Fit.NO) {
            return Verdict.NO;
        }
        if (greeting == Fit.YES && command == Fit.YES) {
            return Verdict.yes(Identity.certain(protocol));
        }
        if (greeting == Fit.YES && command == Fit.NOTHING && named(server)) {
            return Verdict.maybe(Identity.certain(protocol));
        }
        return greeting == Fit.NOTHING && command == Fit.YES ? Verdict.maybe(Identity.suspect(protocol)) : Verdict.MORE;
    }

    private Fit greeting(Bytes server) {
        if (server.isEmpty()) {
            return Fit.NOTHING;
        }
        Fit fit = Fit.NO;
        for (String greeting : greetings) {
            if (server.starts(greeting)) {
                return Fit.YES;
            }
            fit = server.agrees(greeting) ? Fit.MORE : fit;
        }
        return fit;
    }

    private Fit command(Bytes client) {
        if (client.isEmpty()) {
            return Fit.NOTHING;
        }
        int end = 0;
        while (end < client.length() && end < WORD_LIMIT && client.at(end) > ' ') {
            end++;
        }
        if (end == client.length()) {
            return end < WORD_LIMIT && client.printable(0, end) ? Fit.MORE : Fit.NO;
        }
        for (String command : commands) {
            if (command.length() == end && client.isAnyCase(0, command)) {
                return Fit.YES;
            }
        }
        return Fit.NO;
    }

    private boolean named(Bytes server) {
        int feed = server.indexOf('\n', 0);
        String line = server.text(0, feed < 0 ? Math.min(server.length(), Details.LIMIT) : feed)
                .toLowerCase(java.util.Locale.ROOT);
        return names.stream().anyMatch(line::contains);
    }
}
