package dev.pawl.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is put together and then written as RFC 8785 says. What is null is left out. Values are texts, numbers,
 * truths, other trees, and lists of texts or of trees. Not thread-safe.
 */
public final class CanonicalTree {
    private final Map<String, Object> members = new TreeMap<>();

    /** Adds a member, unless its value is null. */
    public CanonicalTree put(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    /** The object in UTF-8, without a line feed. */
    public byte[] bytes() {
        CanonicalOut out = new CanonicalOut();
        write(out);
        return out.object();
    }

    private void write(CanonicalOut out) {
        members.forEach((name, value) -> {
            switch (value) {
                case String text -> out.text(name, text);
                case Integer number -> out.number(name, number);
                case Long number -> out.number(name, number);
                case Boolean flag -> out.flag(name, flag);
                case CanonicalTree tree -> {
                    out.begin(name);
                    tree.write(out);
                    out.end();
                }
                case List<?> list -> list(out, name, list);
                default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
            }
        });
    }

    private static void list(CanonicalOut out, String name, List<?> list) {
        if (!list.isEmpty() && list.getFirst() instanceof CanonicalTree) {
            out.objects(name, list.stream().map(CanonicalTree.class::cast).toList(), CanonicalTree::write);
        } else {
            out.texts(name, list.stream().map(String.class::cast).toList());
        }
    }
}
