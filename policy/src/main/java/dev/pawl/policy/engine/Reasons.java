package dev.pawl.policy.engine;

import dev.pawl.core.Attempt;
import dev.pawl.core.Price;
import dev.pawl.core.Ranges;
import dev.pawl.policy.Shown;
import java.net.InetAddress;

/** Says in a sentence why a rule denied an attempt. */
final class Reasons {
    private Reasons() {}

    /** For a prohibition that applied to the attempt. */
    static String of(Rule rule, Attempt attempt, Question question) {
        String subject = subject(attempt, question);
        return switch (rule.id()) {
            case Ids.UDP ->
                "datagrams to " + subject
                        + " cannot leave; names are asked at the run's own name server, the rest goes by TCP";
            case Ids.HOST_SOCKET -> "the unix socket " + subject + " is not one this run made; it may be the host's";
            case Ids.PRIVATE_ADDRESS -> special(attempt, subject);
            default ->
                subject + " is refused: " + rule.because()
                        + (attempt instanceof Attempt.Resolve ? "; no resolver was asked" : "");
        };
    }

    /** For a permission under which a person is asked. */
    static String asking(Attempt attempt, Question question, String reason) {
        return subject(attempt, question) + " needs a person's yes: " + reason;
    }

    /** What is tried, as a person would name it. */
    static String subject(Attempt attempt, Question question) {
        return switch (question.kind()) {
            case ATTEMPT -> target(attempt);
            case CARRIED ->
                target(attempt) + ", which carries "
                        + question.request().resource().id() + ",";
            case BELOW ->
                Shown.clean(question.request().resource().id()) + ", which would be shown with " + target(attempt)
                        + ",";
        };
    }

    static String target(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec exec ->
                Shown.clean(exec.file().isEmpty() ? exec.program().exe() : exec.file());
            case Attempt.Resolve resolve -> "the name " + Shown.clean(resolve.name());
            case Attempt.Connect connect ->
                Addresses.withPort(
                        connect.host()
                                .map(Shown::clean)
                                .orElseGet(() -> Addresses.text(Ranges.plain(connect.address()))),
                        connect.port());
            case Attempt.Dial dial ->
                Shown.clean(dial.host()) + " at "
                        + Addresses.withPort(Addresses.text(Ranges.plain(dial.address())), dial.port());
            case Attempt.Request request ->
                Shown.clean(request.method()) + " " + Addresses.withPort(Shown.clean(request.host()), request.port())
                        + Shown.clean(request.path());
            case Attempt.Leak leak ->
                Shown.clean(leak.kind()) + " (" + Shown.clean(leak.place()) + ") in a request to "
                        + Addresses.withPort(
                                Shown.clean(leak.request().host()),
                                leak.request().port());
            case Attempt.Spend spend -> spending(spend);
            case Attempt.Speak speak ->
                Shown.clean(speak.protocol()) + " to "
                        + Addresses.withPort(
                                speak.host()
                                        .map(Shown::clean)
                                        .orElseGet(() -> Addresses.text(Ranges.plain(speak.address()))),
                                speak.port());
            case Attempt.Tool call -> "the tool " + Shown.clean(call.tool()) + " of " + Shown.clean(call.server());
            case Attempt.LocalConnect local -> Shown.clean(local.path());
            case Attempt.Mount mount -> Shown.clean(mount.path().toString());
        };
    }

    private static String spending(Attempt.Spend spend) {
        Attempt.Request request = spend.request();
        return Shown.clean(spend.operation()) + " of " + Shown.clean(spend.provider()) + " at "
                + Addresses.withPort(Shown.clean(request.host()), request.port()) + " ("
                + Shown.clean(spend.change()) + ", "
                + spend.price().map(Price::text).orElse("price not known") + ")";
    }

    private static String special(Attempt attempt, String subject) {
        return switch (attempt) {
            case Attempt.Dial dial -> {
                InetAddress address = Ranges.plain(dial.address());
                yield "%s resolves to %s, a %s address; to reach it, grant the address and port %d under network.addresses."
                        .formatted(Shown.clean(dial.host()), Addresses.text(address), kind(address), dial.port());
            }
            case Attempt.Connect connect -> {
                String kind = kind(Ranges.plain(connect.address()));
                yield kind.equals("benchmark")
                        ? subject + " stands for no name this run asked for; connect by name"
                        : subject + " is special (" + kind + "), not the open Internet; no grant covers it";
            }
            case Attempt.Exec _,
                    Attempt.Resolve _,
                    Attempt.Request _,
                    Attempt.Leak _,
                    Attempt.Spend _,
                    Attempt.Speak _,
                    Attempt.Tool _,
                    Attempt.LocalConnect _,
                    Attempt.Mount _ -> subject + " is refused";
        };
    }

    private static String kind(InetAddress address) {
        return Ranges.special(address).orElse("special");
    }
}
