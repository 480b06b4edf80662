package dev.pawl.policy.cedar;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small world that tests of single expressions speak about. */
final class Scene {
    static final EntityUid ANNA = new EntityUid("User", "anna");
    static final EntityUid EDITORS = new EntityUid("Group", "editors");
    static final EntityUid STAFF = new EntityUid("Group", "staff");
    static final EntityUid READ = new EntityUid("Action", "read");
    static final EntityUid REPORT = new EntityUid("Doc", "report");

    static final Entities ENTITIES = Entities.of(List.of(
            new Entity(
                    ANNA,
                    Value.Record.of(Map.of(
                            "age",
                            new Value.Int(41),
                            "name",
                            new Value.Text("Anna"),
                            "boss",
                            EDITORS,
                            "odd name",
                            Value.Bool.TRUE)),
                    Set.of(EDITORS),
                    Value.Record.of("team", new Value.Text("blue"))),
            Entity.of(EDITORS, Set.of(STAFF)),
            Entity.of(READ, Set.of(new EntityUid("Action", "any")))));

    static final Request REQUEST = new Request(
            ANNA,
            READ,
            REPORT,
            Value.Record.of(Map.of(
                    "port", new Value.Int(443),
                    "host", new Value.Text("git.example.com"),
                    "tags", Value.Set.of(List.of(new Value.Int(1), new Value.Int(2))),
                    "from", Value.Ip.of("10.1.2.3"),
                    "inner", Value.Record.of("deep", Value.Record.of("er", new Value.Int(7))))));

    private Scene() {}

    static Expression parse(String expression) {
        return parsePolicy("permit (principal, action, resource) when { " + expression + " };")
                .conditions()
                .getFirst()
                .expression();
    }

    static CedarPolicy parsePolicy(String text) {
        try {
            return Policies.parse("test", text).getFirst();
        } catch (CedarException refused) {
            throw new AssertionError(refused.text(), refused);
        }
    }

    /** The value of an expression as an expression, or "error: " and why. */
    static String value(String expression) {
        try {
            return Compiler.compile(parse(expression))
                    .run(new Frame(REQUEST, ENTITIES))
                    .toString();
        } catch (CannotEvaluate failure) {
            return "error: " + failure.why();
        }
    }

    /** Why a text is refused, with line and column. */
    static String refusal(String text) {
        try {
            return "accepted " + Policies.parse("test", text).size();
        } catch (CedarException refused) {
            return refused.line() + ":" + refused.column() + ": " + refused.getMessage();
        }
    }

    static String refusedCondition(String expression) {
        return refusal("permit(principal,action,resource) when {\n" + expression + "};");
    }
}
