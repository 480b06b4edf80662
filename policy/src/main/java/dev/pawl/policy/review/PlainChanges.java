package dev.pawl.policy.review;

import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.Endpoint;
import dev.pawl.core.ModelLimit;
import dev.pawl.core.SecretGrant;
import dev.pawl.policy.CharterText;
import dev.pawl.policy.ModelAmounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What differs between two charters and is no matter of attempts: environment, budget, routes, instructions, names. */
final class PlainChanges {
    private final Charter one;
    private final Charter other;
    private final List<Change> changes = new ArrayList<>();

    private PlainChanges(Side one, Side other) {
        this.one = one.charter();
        this.other = other.charter();
    }

    /** Who the agent is and who answers for it. */
    static List<Change> names(Side one, Side other) {
        PlainChanges plain = new PlainChanges(one, other);
        plain.names();
        return List.copyOf(plain.changes);
    }

    /** All others, in the order of a charter. */
    static List<Change> of(Side one, Side other) {
        PlainChanges plain = new PlainChanges(one, other);
        plain.marked();
        plain.routes();
        plain.environment();
        plain.budget();
        plain.asks();
        plain.instructions();
        plain.secrets();
        plain.tools();
        return List.copyOf(plain.changes);
    }

    private void names() {
        same("agent", one.agent(), other.agent());
        same("owner", one.owner().name(), other.owner().name());
        same("owner.page", one.owner().page().toString(), other.owner().page().toString());
        same("purpose", one.purpose(), other.purpose());
    }

    /** Rules may ask who the agent is; where one does, its decisions differ and are reported. */
    private void same(String area, String from, String to) {
        if (!from.equals(to)) {
            changes.add(new Change(Sign.SAME, area, from, to, "by itself it decides nothing; attempts were compared"));
        }
    }

    /** More patterns mark more files; which ones is not looked at. */
    private void marked() {
        List<String> before = one.files().marked();
        List<String> after = other.files().marked();
        after.stream()
                .filter(pattern -> !before.contains(pattern))
                .forEach(pattern -> changes.add(new Change(
                        Sign.TIGHTER, "files.marked", Candidate.NONE, pattern, "no part of these files may leave")));
        before.stream()
                .filter(pattern -> !after.contains(pattern))
                .forEach(pattern -> changes.add(new Change(
                        Sign.LOOSER, "files.marked", pattern, Candidate.NONE, "parts of these files may leave")));
    }

    /** A route opens its target and closes what the name would resolve to; taking it away does the reverse. */
    private void routes() {
        Map<String, Endpoint> before = one.network().routes();
        Map<String, Endpoint> after = other.network().routes();
        Stream.concat(before.keySet().stream(), after.keySet().stream())
                .sorted()
                .distinct()
                .forEach(host -> {
                    String from = text(before.get(host));
                    String to = text(after.get(host));
                    boolean granted = other.network().allow().stream().anyMatch(grant -> grant.covers(host));
                    if (!from.equals(to)) {
                        changes.add(new Change(
                                granted ? Sign.EITHER : Sign.SAME,
                                "network.route",
                                host + " to " + from,
                                host + " to " + to,
                                granted ? "the same name leads elsewhere" : "nothing grants " + host));
                    }
                });
        List<Path> trusted = one.network().authorities();
        other.network().authorities().stream()
                .filter(file -> !trusted.contains(file))
                .forEach(file -> changes.add(new Change(
                        Sign.LOOSER,
                        "network.authorities",
                        Candidate.NONE,
                        file.toString(),
                        "upstreams with its certificates are trusted")));
        trusted.stream()
                .filter(file -> !other.network().authorities().contains(file))
                .forEach(file -> changes.add(new Change(
                        Sign.TIGHTER,
                        "network.authorities",
                        file.toString(),
                        Candidate.NONE,
                        "upstreams with its certificates are no longer trusted")));
        String from = one.network().resolver().map(Endpoint::toString).orElse("the machine's own");
        String to = other.network().resolver().map(Endpoint::toString).orElse("the machine's own");
        if (!from.equals(to)) {
            changes.add(
                    new Change(Sign.EITHER, "network.resolver", from, to, "granted names may lead to other addresses"));
        }
    }

    private static String text(@Nullable Endpoint endpoint) {
        return endpoint == null ? Candidate.NONE : endpoint.toString();
    }

    private void environment() {
        List<String> before = one.env().pass();
        List<String> after = other.env().pass();
        before.stream()
                .filter(name -> !after.contains(name))
                .forEach(name -> changes.add(new Change(
                        Sign.TIGHTER,
                        "env.pass",
                        name,
                        Candidate.NONE,
                        "the agent no longer gets the caller's value")));
        after.stream()
                .filter(name -> !before.contains(name))
                .forEach(name -> changes.add(new Change(
                        Sign.LOOSER, "env.pass", Candidate.NONE, name, "the agent gets the caller's value")));
        TreeSet<String> names = new TreeSet<>(one.env().set().keySet());
        names.addAll(other.env().set().keySet());
        for (String name : names) {
            set(
                    name,
                    Optional.ofNullable(one.env().set().get(name)),
                    Optional.ofNullable(other.env().set().get(name)));
        }
    }

    /** Values may be secrets, so they are not shown. */
    private void set(String name, Optional<String> before, Optional<String> after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isEmpty()) {
            changes.add(new Change(Sign.LOOSER, "env.set", Candidate.NONE, name, "the agent gets a value"));
        } else if (after.isEmpty()) {
            changes.add(
                    new Change(Sign.TIGHTER, "env.set", name, Candidate.NONE, "the agent no longer gets the value"));
        } else {
            changes.add(
                    new Change(Sign.EITHER, "env.set", name, name, "the value differs; what it opens cannot be told"));
        }
    }

    private void budget() {
        Budget before = one.budget();
        Budget after = other.budget();
        limit("budget.wall", before.wall(), after.wall(), CharterText::text);
        limit("budget.cpu", before.cpu(), after.cpu(), CharterText::text);
        limit("budget.memory", before.memoryBytes(), after.memoryBytes(), CharterText::size);
        limit("budget.processes", Optional.of(before.processes()), Optional.of(after.processes()), String::valueOf);
        limit("budget.egress", before.egressBytes(), after.egressBytes(), CharterText::size);
        limit("budget.tmp", Optional.of(before.tmpBytes()), Optional.of(after.tmpBytes()), CharterText::size);
        model(before.model(), after.model());
    }

    private void model(List<ModelLimit> before, List<ModelLimit> after) {
        for (ModelLimit.Measure measure : ModelLimit.Measure.values()) {
            for (ModelLimit.Period period : ModelLimit.Period.values()) {
                limit(
                        "budget.model." + measure.text(),
                        amount(before, measure, period),
                        amount(after, measure, period),
                        amount -> ModelAmounts.text(new ModelLimit(measure, amount, period)));
            }
        }
    }

    private static Optional<Long> amount(
            List<ModelLimit> limits, ModelLimit.Measure measure, ModelLimit.Period period) {
        return limits.stream()
                .filter(limit -> limit.measure() == measure && limit.period() == period)
                .map(ModelLimit::amount)
                .findFirst();
    }

    private <T extends Comparable<T>> void limit(
            String key, Optional<T> before, Optional<T> after, Function<T, String> text) {
        if (before.equals(after)) {
            return;
        }
        boolean more = after.isEmpty() || (before.isPresent() && after.get().compareTo(before.get()) > 0);
        changes.add(new Change(
                more ? Sign.LOOSER : Sign.TIGHTER,
                key,
                before.map(text).orElse("no limit"),
                after.map(text).orElse("no limit"),
                more ? "a run may take more" : "a run may take less"));
    }

    private void asks() {
        String from = CharterText.text(one.asks().patience());
        String to = CharterText.text(other.asks().patience());
        if (!from.equals(to)) {
            changes.add(new Change(Sign.SAME, "asks.wait", from, to, "no answer is a denial, however long it takes"));
        }
    }

    /** What a secret opens lies with whoever gave it; the agent can do more with one than without. */
    private void secrets() {
        List<String> before = one.secrets().stream().map(PlainChanges::text).toList();
        List<String> after = other.secrets().stream().map(PlainChanges::text).toList();
        before.stream()
                .filter(secret -> !after.contains(secret))
                .forEach(secret -> changes.add(new Change(
                        Sign.TIGHTER, "secrets", secret, Candidate.NONE, "the gateway no longer puts it in")));
        after.stream()
                .filter(secret -> !before.contains(secret))
                .forEach(secret -> changes.add(
                        new Change(Sign.LOOSER, "secrets", Candidate.NONE, secret, "the gateway puts it in")));
    }

    /** Line by line: a grant beside another may add nothing, but never takes anything away. */
    private void tools() {
        lines("tools.allow", CharterText.allowed(one.tools()), CharterText.allowed(other.tools()), Sign.LOOSER);
        lines("tools.deny", CharterText.denied(one.tools()), CharterText.denied(other.tools()), Sign.TIGHTER);
        limit(
                "tools.answer",
                Optional.of(one.tools().answer()),
                Optional.of(other.tools().answer()),
                CharterText::size);
    }

    private void lines(String area, List<String> before, List<String> after, Sign more) {
        Sign less = more == Sign.LOOSER ? Sign.TIGHTER : Sign.LOOSER;
        before.stream()
                .filter(line -> !after.contains(line))
                .forEach(line -> changes.add(
                        new Change(less, area, line, Candidate.NONE, "calls were not compared one by one")));
        after.stream()
                .filter(line -> !before.contains(line))
                .forEach(line -> changes.add(
                        new Change(more, area, Candidate.NONE, line, "calls were not compared one by one")));
    }

    private static String text(SecretGrant secret) {
        return secret.name() + " for " + secret.host() + ":" + secret.port() + " " + CharterText.text(secret.place())
                + " from " + secret.source();
    }

    /** Telling the agent what it may do is part of holding it. */
    private void instructions() {
        one.instructions().stream()
                .filter(kind -> !other.instructions().contains(kind))
                .forEach(kind -> changes.add(new Change(
                        Sign.LOOSER, "instructions", kind, Candidate.NONE, kind + " is no longer told its charter")));
        other.instructions().stream()
                .filter(kind -> !one.instructions().contains(kind))
                .forEach(kind -> changes.add(
                        new Change(Sign.TIGHTER, "instructions", Candidate.NONE, kind, kind + " is told its charter")));
    }
}
