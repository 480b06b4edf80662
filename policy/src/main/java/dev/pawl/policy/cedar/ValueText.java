package dev.pawl.policy.cedar;

/** Writes sets and records; a method of its own, since the deepest value must fit on a small stack. */
final class ValueText {
    private final StringBuilder out = new StringBuilder();

    private ValueText() {}

    static String of(Value value) {
        ValueText text = new ValueText();
        text.write(value);
        return text.out.toString();
    }

    private void write(Value value) {
        if (value instanceof Value.Set set) {
            out.append('[');
            for (int at = 0; at < set.members.length; at++) {
                out.append(at == 0 ? "" : ", ");
                write(set.members[at]);
            }
            out.append(']');
        } else if (value instanceof Value.Record one) {
            out.append('{');
            for (int at = 0; at < one.names.length; at++) {
                out.append(at == 0 ? "" : ", ")
                        .append(Quotes.quote(one.names[at]))
                        .append(": ");
                write(one.values[at]);
            }
            out.append('}');
        } else {
            out.append(value);
        }
    }
}
