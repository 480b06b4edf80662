package dev.pawl.policy.review;

import dev.pawl.core.Inspection;
import dev.pawl.core.RequestRule;
import dev.pawl.core.Spending;
import dev.pawl.policy.review.RequestDifference.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What it means that requests of one grant are read in another way. */
final class InspectionChange {
    private static final RequestRule ANY = new RequestRule("", "*", List.of(), true, Optional.empty());

    private final List<String> words = new ArrayList<>();
    private Sign sign = Sign.SAME;

    private InspectionChange() {}

    static Candidate.Told of(Inspection before, Inspection after) {
        InspectionChange change = new InspectionChange();
        change.requests(rules(before), rules(after));
        change.upload(before.upload(), after.upload());
        int leaks = after.leaks().compareTo(before.leaks());
        if (leaks != 0) {
            change.add(
                    leaks > 0 ? Sign.LOOSER : Sign.TIGHTER,
                    "leaks: " + after.leaks().text() + " instead of "
                            + before.leaks().text());
        }
        change.spending(before.spending(), after.spending());
        if (!before.mcp().equals(after.mcp())) {
            Sign meaning = after.mcp().isEmpty() ? Sign.LOOSER : before.mcp().isEmpty() ? Sign.TIGHTER : Sign.EITHER;
            change.add(
                    meaning,
                    after.mcp()
                            .map(server -> "calls of tools are decided as those of " + server)
                            .orElse("calls of tools are not decided"));
        }
        return new Candidate.Told(
                change.sign, change.words.isEmpty() ? "the same requests go on" : String.join("; ", change.words));
    }

    private static List<RequestRule> rules(Inspection inspection) {
        return inspection.requests().isEmpty() ? List.of(ANY) : inspection.requests();
    }

    /** A request goes on, waits for a yes, or is refused: it counts for more where it is free, or where it is there at all. */
    private void requests(List<RequestRule> before, List<RequestRule> after) {
        request(RequestDifference.of(after, before), Sign.LOOSER, " may go on");
        request(RequestDifference.of(free(after), free(before)), Sign.LOOSER, " goes on unasked");
        request(RequestDifference.of(before, after), Sign.TIGHTER, " no longer goes on");
        request(RequestDifference.of(free(before), free(after)), Sign.TIGHTER, " no longer goes on unasked");
    }

    private static List<RequestRule> free(List<RequestRule> rules) {
        return rules.stream().filter(rule -> rule.ask().isEmpty()).toList();
    }

    private void request(Result result, Sign meaning, String what) {
        switch (result) {
            case Result.Nothing _ -> {}
            case Result.Example(String request) -> {
                if (words.stream().noneMatch(word -> word.startsWith(request + " "))) {
                    words.add(request + what);
                }
                sign = sign.with(meaning);
            }
            case Result.Unknown _ -> add(Sign.EITHER, "other requests may go on");
        }
    }

    private void upload(OptionalLong before, OptionalLong after) {
        if (!before.equals(after)) {
            boolean more = after.isEmpty() || (before.isPresent() && after.getAsLong() > before.getAsLong());
            add(more ? Sign.LOOSER : Sign.TIGHTER, more ? "a request may send more" : "a request may send less");
        }
    }

    /** What goes on unasked, and what becomes of the rest; whether one list covers the other is not reckoned. */
    private void spending(Spending before, Spending after) {
        int otherwise = after.otherwise().compareTo(before.otherwise());
        if (otherwise != 0) {
            add(
                    otherwise > 0 ? Sign.LOOSER : Sign.TIGHTER,
                    "spend: " + after.otherwise().text() + " instead of "
                            + before.otherwise().text());
        }
        Set<Spending.Allowed> now = unnamed(after);
        Set<Spending.Allowed> then = unnamed(before);
        if (!then.containsAll(now)) {
            add(then.isEmpty() || now.containsAll(then) ? Sign.LOOSER : Sign.EITHER, "other calls may spend unasked");
        } else if (!now.equals(then)) {
            add(Sign.TIGHTER, "fewer calls may spend unasked");
        }
    }

    private static Set<Spending.Allowed> unnamed(Spending spending) {
        return spending.allow().stream()
                .map(each -> new Spending.Allowed("", each.provider(), each.operation(), each.most()))
                .collect(Collectors.toSet());
    }

    private void add(Sign meaning, String word) {
        sign = sign.with(meaning);
        words.add(word);
    }
}
