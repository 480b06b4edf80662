package dev.pawl.policy.cedar;

/** The types of values, asked for where the language wants one of them. */
final class Types {
    private Types() {}

    static boolean bool(Value value) {
        if (value instanceof Value.Bool bool) {
            return bool.value();
        }
        throw wrong("a boolean", value);
    }

    static long integer(Value value) {
        if (value instanceof Value.Int number) {
            return number.value();
        }
        throw wrong("a number", value);
    }

    static String text(Value value) {
        if (value instanceof Value.Text text) {
            return text.value();
        }
        throw wrong("a string", value);
    }

    static EntityUid entity(Value value) {
        if (value instanceof EntityUid uid) {
            return uid;
        }
        throw wrong("an entity", value);
    }

    static Value.Set set(Value value) {
        if (value instanceof Value.Set set) {
            return set;
        }
        throw wrong("a set", value);
    }

    static Value.Ip ip(Value value) {
        if (value instanceof Value.Ip ip) {
            return ip;
        }
        throw wrong("an address", value);
    }

    static long decimal(Value value) {
        if (value instanceof Value.Decimal decimal) {
            return decimal.tenThousandths();
        }
        throw wrong("a decimal", value);
    }

    static long datetime(Value value) {
        if (value instanceof Value.Datetime datetime) {
            return datetime.milliseconds();
        }
        throw wrong("a datetime", value);
    }

    static long duration(Value value) {
        if (value instanceof Value.Duration duration) {
            return duration.milliseconds();
        }
        throw wrong("a duration", value);
    }

    static CannotEvaluate wrong(String wanted, Value value) {
        return new CannotEvaluate("expected " + wanted + ", found " + name(value));
    }

    private static String name(Value value) {
        return switch (value) {
            case Value.Bool _ -> "a boolean";
            case Value.Int _ -> "a number";
            case Value.Text _ -> "a string";
            case EntityUid uid -> "the entity " + shown(uid);
            case Value.Set _ -> "a set";
            case Value.Record _ -> "a record";
            case Value.Ip _ -> "an address";
            case Value.Decimal _ -> "a decimal";
            case Value.Datetime _ -> "a datetime";
            case Value.Duration _ -> "a duration";
        };
    }

    /** An entity in a message. */
    static String shown(EntityUid uid) {
        return uid.type() + "::" + Shown.shorten(uid.id());
    }
}
