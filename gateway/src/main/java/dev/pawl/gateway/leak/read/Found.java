package dev.pawl.gateway.leak.read;

import dev.pawl.gateway.leak.scan.Finding;
import dev.pawl.gateway.leak.scan.Scanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What was found in one request, by all views of it. Not thread-safe. */
public final class Found {
    /**
     * One thing that must not leave.
     *
     * @param place where in the request, such as {@code body, base64}; never a text of the agent's that was not looked at
     */
    public record Leak(Finding finding, String place) {}

    private final List<Leak> all = new ArrayList<>();
    private final Predicate<Finding> allowed;

    /** Those that are {@code allowed} are none. */
    public Found(Predicate<Finding> allowed) {
        this.allowed = allowed;
    }

    /** Takes what a scanner found. */
    public void take(Scanner scanner, String place) {
        if (!scanner.clean()) {
            scanner.findings().stream()
                    .filter(finding -> !allowed.test(finding) && !isStandIn(finding, scanner))
                    .filter(finding -> all.size() < Scanner.MOST_FINDINGS)
                    .map(finding -> new Leak(finding, place))
                    .filter(leak -> !all.contains(leak))
                    .forEach(all::add);
        }
    }

    /** A stand-in that is at home looks like what it stands for; it is put in by whoever comes next, or refused. */
    private boolean isStandIn(Finding finding, Scanner scanner) {
        return scanner.findings().stream()
                .anyMatch(other ->
                        other.start() == finding.start() && other.home().isPresent() && allowed.test(other));
    }

    public List<Leak> all() {
        return List.copyOf(all);
    }

    public boolean none() {
        return all.isEmpty();
    }
}
