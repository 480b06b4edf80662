package dev.pawl.policy.cedar;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Texts of policies by chance: all of the syntax, mostly well typed, written in odd but valid ways. */
final class RandomPolicies {
    static final List<String> ADDRESSES = List.of(
            "10.0.0.1",
            "10.0.0.0/8",
            "10.1.0.0/16",
            "0.0.0.0/0",
            "127.0.0.1",
            "127.0.0.0/7",
            "224.0.0.1/3",
            "239.1.2.3",
            "::1",
            "::1/127",
            "::/0",
            "fe80::/10",
            "fe80::1",
            "ff00::/8",
            "1:2:3:4:5:6:7:8",
            "::ffff:a00:1",
            "255.255.255.255/32");

    private final RandomGenerator random;
    private final RandomWorld world;
    private final RandomExpressions expressions;

    RandomPolicies(RandomGenerator random) {
        this.random = random;
        this.world = new RandomWorld(random);
        this.expressions = new RandomExpressions(random);
    }

    List<String> policies(int most) {
        List<String> policies = new ArrayList<>();
        for (int count = 1 + random.nextInt(most); count > 0; count--) {
            policies.add(policy());
        }
        return policies;
    }

    String policy() {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(3), at = 0; at < count; at++) {
            text.append('@')
                    .append(world.one(List.of("id", "because", "if", "permit")))
                    .append(at);
            text.append(world.chance(30) ? " " : "(" + expressions.quoted(world.one(RandomWorld.STRINGS)) + ")\n");
        }
        text.append(world.chance(65) ? "permit" : "forbid")
                .append(expressions.space())
                .append('(');
        text.append(entity("principal")).append(expressions.space()).append(',');
        text.append(action()).append(",").append(expressions.space());
        text.append(entity("resource")).append(world.chance(10) ? "," : "").append(')');
        for (int count = random.nextInt(3); count > 0; count--) {
            text.append(expressions.space())
                    .append(world.chance(75) ? "when" : "unless")
                    .append(expressions.space())
                    .append('{')
                    .append(expressions.condition())
                    .append('}');
        }
        return text.append(expressions.space()).append(';').toString();
    }

    private String entity(String variable) {
        String type = world.one(RandomWorld.TYPES);
        return switch (random.nextInt(14)) {
            case 0 -> variable + " == " + reference(world.uid());
            case 1, 2 -> variable + " in " + reference(world.uid());
            case 3 -> variable + " is " + type;
            case 4 -> variable + " is " + type + " in " + reference(world.uid());
            default -> variable;
        };
    }

    private String action() {
        return switch (random.nextInt(10)) {
            case 0 -> "action == " + reference(world.action());
            case 1 -> "action in " + reference(world.action());
            case 2, 3 -> {
                List<String> actions = new ArrayList<>();
                for (int count = random.nextInt(4); count > 0; count--) {
                    actions.add(reference(world.action()));
                }
                String comma = !actions.isEmpty() && world.chance(20) ? "," : "";
                yield "action in [" + String.join(", ", actions) + comma + "]";
            }
            default -> "action";
        };
    }

    private String reference(EntityUid uid) {
        String text = expressions.reference(uid);
        return world.chance(10) ? "(" + text + ")" : text;
    }
}
