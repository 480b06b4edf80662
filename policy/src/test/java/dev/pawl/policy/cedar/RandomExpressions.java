package dev.pawl.policy.cedar;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Texts of expressions by chance. What is asked for one type is now and then of another. */
final class RandomExpressions {
    /** What an expression should evaluate to. */
    enum Kind {
        BOOL,
        LONG,
        STRING,
        ENTITY,
        SET,
        RECORD,
        IP,
        DECIMAL,
        DATETIME,
        DURATION
    }

    // How tightly a text binds, from the grammar: 0 if, 1 or, 2 and, 3 relation, 4 sum, 5 product, 6 unary, 7 member.
    private record Piece(String text, int level) {}

    static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<String> NUMBERS =
            List.of("0", "1", "2", "3", "42", "-1", "-0", "--1", "007", "9223372036854775807", "-9223372036854775808");
    private static final List<String> DECIMALS = List.of(
            "0.0",
            "1.0",
            "1.00",
            "0.5",
            "-0.5",
            "-1.0",
            "-0.0",
            "00.1",
            "922337203685477.5807",
            "-922337203685477.5808");
    private static final List<String> BAD_DECIMALS =
            List.of("1", "1.23456", "922337203685477.5808", "+1.0", ".5", "1.", "\u0663.0", "", "1.0 ", "--1.0");
    private static final List<String> DATES = List.of(
            "1970-01-01",
            "1969-12-31",
            "1970-01-01T12:00:00Z",
            "1970-01-01T00:00:00.001Z",
            "1969-12-31T12:00:00.500Z",
            "2024-02-29",
            "1970-01-01T00:00:00+0001",
            "1970-01-01T23:59:59-2359",
            "9999-12-31T23:59:59.999Z",
            "0000-01-01");
    private static final List<String> BAD_DATES = List.of(
            "2023-02-29",
            "1970-01-01T24:00:00Z",
            "1970-01-01T00:00:00",
            "1970-1-1",
            "",
            "1970-01-01T00:00:60Z",
            "1970-01-01T00:00:00+2400",
            "1970-01-01T00:00:00.1Z",
            "1970-01-01t00:00:00Z",
            "1970-13-01",
            "1970-01-01Z");
    private static final List<String> DURATIONS = List.of(
            "0ms",
            "1s",
            "1000ms",
            "-1s",
            "1d",
            "1d2h3m4s5ms",
            "-1d1ms",
            "1m",
            "-90s",
            "25h",
            "9223372036854775807ms",
            "-9223372036854775808ms",
            "106751991167d");
    private static final List<String> BAD_DURATIONS = List.of(
            "1ms1s", "", "-", "1", "1x", "9223372036854775808ms", "-106751991168d", "1 s", "+1s", "1m1m", "1\u0663s");
    private static final List<String> BAD_ADDRESSES = List.of(
            "",
            "1.2.3",
            "1.2.3.4.5",
            "256.0.0.1",
            "01.2.3.4",
            "1.2.3.4/33",
            "1.2.3.4/08",
            "::ffff:1.2.3.4",
            "::1/129",
            "1::2::3",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:8::",
            "fe80::1%eth0",
            "::12345",
            "g::",
            ":1",
            "1:",
            "1.2.3.4/",
            "/8",
            ":::");
    private static final List<String> PATTERNS = List.of(
            "*", "a*", "*b", "*b*", "a*b", "a\\*b", "\\*", "**", "", "ab*ab", "*aab", "*🐾*", "\\u{2a}", "\\x61*",
            "*\\\\*", "a", "*a*a*b*");

    private final RandomGenerator random;
    private final RandomWorld world;

    RandomExpressions(RandomGenerator random) {
        this.random = random;
        this.world = new RandomWorld(random);
    }

    String condition() {
        return space() + make(Kind.BOOL, 1 + random.nextInt(4)).text() + space();
    }

    /** An expression for a kind, in parentheses. */
    String expression(Kind kind, int depth) {
        return "(" + make(kind, depth).text() + ")";
    }

    String space() {
        return world.one(List.of(" ", " ", " ", "\n", "\t ", "\u00a0", " // it's a \"comment\n", "\r\n", "\u2003"));
    }

    String reference(EntityUid uid) {
        return uid.type().replace("::", world.chance(10) ? " :: " : "::") + "::" + quoted(uid.id());
    }

    String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            String plain = Character.toString(character);
            boolean raw = character != '"' && character != '\\' && character != '\r';
            if (raw && world.chance(85)) {
                out.append(plain);
            } else if (character < 128 && world.chance(30)) {
                out.append(String.format("\\x%02x", character));
            } else if (world.chance(30)) {
                out.append("\\u{")
                        .append(world.chance(30) ? "0" : "")
                        .append(Integer.toHexString(character))
                        .append('}');
            } else if (character == '\'') {
                out.append("\\'");
            } else {
                String written = Quotes.quote(plain);
                out.append(written, 1, written.length() - 1);
            }
        });
        return out.append('"').toString();
    }

    private String mostly(List<String> good, List<String> bad) {
        return world.one(world.chance(92) ? good : bad);
    }

    private String in(Piece piece, int least) {
        return piece.level() < least || world.chance(8) ? "(" + piece.text() + ")" : piece.text();
    }

    private String get(Kind kind, int depth, int least) {
        return in(make(kind, depth), least);
    }

    private Piece make(Kind wanted, int depth) {
        Kind kind = world.chance(3) ? world.one(KINDS) : wanted;
        if (depth <= 0) {
            return leaf(kind);
        }
        if (world.chance(7)) {
            return new Piece(
                    "if " + get(Kind.BOOL, depth - 1, 0) + " then " + get(kind, depth - 1, 0) + " else "
                            + get(kind, depth - 1, 0),
                    0);
        }
        if (world.chance(kind == Kind.BOOL ? 5 : 30)) {
            return access(kind, depth);
        }
        return switch (kind) {
            case BOOL -> bool(depth - 1);
            case LONG -> number(depth - 1);
            case SET -> new Piece("[" + list(depth - 1) + "]", 7);
            case RECORD -> record(depth - 1);
            case DATETIME ->
                world.chance(50)
                        ? call(Kind.DATETIME, "offset", get(Kind.DURATION, depth - 1, 0), depth)
                        : call(Kind.DATETIME, "toDate", "", depth);
            case DURATION ->
                world.chance(50)
                        ? call(Kind.DATETIME, "durationSince", get(Kind.DATETIME, depth - 1, 0), depth)
                        : call(Kind.DATETIME, "toTime", "", depth);
            case STRING, ENTITY, IP, DECIMAL -> leaf(kind);
        };
    }

    private Piece call(Kind target, String method, String arguments, int depth) {
        return new Piece(get(target, depth - 1, 7) + "." + method + "(" + arguments + ")", 7);
    }

    /** An attribute or a tag whose name goes with the kind. */
    private Piece access(Kind kind, int depth) {
        String name = world.chance(85)
                ? switch (kind) {
                    case BOOL -> "b";
                    case LONG -> "n";
                    case STRING -> "s";
                    case ENTITY -> "e";
                    case SET -> world.one(List.of("set", "ents"));
                    case RECORD -> "r";
                    case IP -> "ip";
                    case DECIMAL -> "dec";
                    case DATETIME -> "dt";
                    case DURATION -> "du";
                }
                : world.one(RandomWorld.ATTRIBUTES);
        if (world.chance(10)) {
            return call(Kind.ENTITY, "getTag", world.chance(70) ? quoted(name) : get(Kind.STRING, depth - 1, 0), depth);
        }
        String target = get(world.one(List.of(Kind.ENTITY, Kind.RECORD)), depth - 1, 7);
        boolean plain = Words.plain(name) && world.chance(70);
        return new Piece(target + (plain ? "." + name : "[" + quoted(name) + "]"), 7);
    }

    private Piece leaf(Kind kind) {
        return switch (kind) {
            case BOOL -> new Piece(world.one(List.of("true", "false")), 7);
            case LONG -> {
                String number = world.one(NUMBERS);
                yield new Piece(number, number.startsWith("-") ? 6 : 7);
            }
            case STRING -> new Piece(quoted(world.one(RandomWorld.STRINGS)), 7);
            case ENTITY ->
                new Piece(
                        world.chance(70)
                                ? world.one(List.of("principal", "action", "resource"))
                                : reference(world.uid()),
                        7);
            case SET -> new Piece(world.one(List.of("context.set", "context.ents", "[]", "principal.set")), 7);
            case RECORD -> new Piece(world.one(List.of("context", "context", "context.r", "principal.r", "{}")), 7);
            case IP -> new Piece("ip(" + quoted(mostly(RandomPolicies.ADDRESSES, BAD_ADDRESSES)) + ")", 7);
            case DECIMAL -> new Piece("decimal(" + quoted(mostly(DECIMALS, BAD_DECIMALS)) + ")", 7);
            case DATETIME -> new Piece("datetime(" + quoted(mostly(DATES, BAD_DATES)) + ")", 7);
            case DURATION -> new Piece("duration(" + quoted(mostly(DURATIONS, BAD_DURATIONS)) + ")", 7);
        };
    }

    private String list(int depth) {
        Kind kind = world.one(KINDS);
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(4), at = 0; at < count; at++) {
            text.append(get(kind, depth, 0)).append(at + 1 < count || world.chance(10) ? "," : "");
        }
        return text.toString();
    }

    private Piece record(int depth) {
        StringBuilder text = new StringBuilder("{");
        for (String name : RandomWorld.ATTRIBUTES.subList(0, random.nextInt(4))) {
            text.append(text.length() == 1 ? "" : ", ")
                    .append(world.chance(50) ? name : quoted(name))
                    .append(':')
                    .append(get(world.one(KINDS), depth, 0));
        }
        return new Piece(text.append('}').toString(), 7);
    }

    private Piece number(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> new Piece("-".repeat(1 + random.nextInt(4)) + get(Kind.LONG, depth, 7), 6);
            case 1 -> new Piece(get(Kind.LONG, depth, 5) + " * " + get(Kind.LONG, depth, 6), 5);
            case 2 -> {
                String unit = world.one(List.of("Milliseconds", "Seconds", "Minutes", "Hours", "Days"));
                yield call(Kind.DURATION, "to" + unit, "", depth);
            }
            default ->
                new Piece(
                        get(Kind.LONG, depth, 4) + world.one(List.of(" + ", " - ", "-")) + get(Kind.LONG, depth, 5), 4);
        };
    }

    private Piece bool(int depth) {
        Supplier<String> set = () -> get(Kind.SET, depth, 7);
        Kind any = world.one(KINDS);
        return switch (random.nextInt(24)) {
            case 0, 1 -> new Piece(get(Kind.BOOL, depth, 2) + " || " + get(Kind.BOOL, depth, 2), 1);
            case 2, 3 ->
                new Piece(
                        get(Kind.BOOL, depth, 3) + "&&" + get(Kind.BOOL, depth, 3)
                                + (world.chance(20) ? " && true" : ""),
                        2);
            case 4 -> new Piece("!".repeat(1 + random.nextInt(4)) + get(Kind.BOOL, depth, 7), 6);
            case 5, 6 -> new Piece(get(any, depth, 4) + world.one(List.of("==", "!=")) + get(any, depth, 4), 3);
            case 7 -> {
                Kind kind = world.one(List.of(Kind.LONG, Kind.LONG, Kind.DATETIME, Kind.DURATION, any));
                yield new Piece(
                        get(kind, depth, 4) + world.one(List.of("<", "<=", " > ", ">=")) + get(kind, depth, 4), 3);
            }
            case 8 ->
                new Piece(
                        get(Kind.ENTITY, depth, 4) + " in " + get(world.chance(60) ? Kind.ENTITY : Kind.SET, depth, 4),
                        3);
            case 9 ->
                new Piece(
                        get(Kind.ENTITY, depth, 4) + " in [" + reference(world.uid()) + ", "
                                + get(world.chance(85) ? Kind.ENTITY : any, depth, 0) + "]",
                        3);
            case 10 ->
                new Piece(
                        get(Kind.ENTITY, depth, 4) + " is " + world.one(RandomWorld.TYPES)
                                + (world.chance(40) ? " in " + get(Kind.ENTITY, depth, 4) : ""),
                        3);
            case 11, 12 -> new Piece(get(world.one(List.of(Kind.ENTITY, Kind.RECORD)), depth, 4) + " has " + path(), 3);
            case 13 -> new Piece(get(Kind.STRING, depth, 4) + " like \"" + world.one(PATTERNS) + "\"", 3);
            case 14 -> new Piece("\"" + letters("ab", 8) + "\" like \"" + letters("aab*", 6) + "\"", 3);
            case 15 -> new Piece(set.get() + ".contains(" + get(any, depth, 0) + ")", 7);
            case 16 ->
                new Piece(
                        set.get() + world.one(List.of(".containsAll(", ".containsAny(")) + get(Kind.SET, depth, 0)
                                + ")",
                        7);
            case 17 ->
                world.chance(50)
                        ? new Piece(set.get() + ".isEmpty()", 7)
                        : call(Kind.ENTITY, "hasTag", get(Kind.STRING, depth, 0), depth);
            default -> extension(depth);
        };
    }

    private String letters(String from, int most) {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }

    private String path() {
        String first = world.one(RandomWorld.ATTRIBUTES);
        if (!Words.plain(first) || world.chance(20)) {
            return quoted(first);
        }
        return first + (world.chance(30) ? world.one(List.of(".n", ".r.s", ".e.n", ".e.e . s")) : "");
    }

    private Piece extension(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> call(Kind.IP, world.one(List.of("isIpv4", "isIpv6", "isLoopback", "isMulticast")), "", depth);
            case 1 -> call(Kind.IP, "isInRange", get(Kind.IP, depth, 0), depth);
            case 2 ->
                call(
                        Kind.DECIMAL,
                        world.one(List.of("lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual")),
                        get(Kind.DECIMAL, depth, 0),
                        depth);
            default ->
                call(Kind.IP, "isInRange", world.one(List.of("", "context.ip, context.ip", "context.ip,")), depth);
        };
    }
}
