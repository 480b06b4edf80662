package dev.pawl.policy.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.policy.Problem;

/** From an offset in a policy, as the validator counts, to a place in the user's file. */
final class Place {
    private Place() {}

    /** The problem at {@code offset} bytes of UTF-8 into the policy. */
    static Problem at(PolicyText policy, int offset, String message) {
        if (policy.indent().isEmpty()) {
            return new Problem(policy.source(), policy.line(), policy.column(), message);
        }
        byte[] bytes = policy.text().getBytes(UTF_8);
        String before = new String(bytes, 0, Math.clamp(offset, 0, bytes.length), UTF_8);
        int lineStart = before.lastIndexOf('\n') + 1;
        int lines = (int) before.chars().filter(c -> c == '\n').count();
        int columns = before.codePointCount(lineStart, before.length());
        int start = lines == 0 ? policy.column() : policy.indent().get() + 1;
        return new Problem(policy.source(), policy.line() + lines, start + columns, message);
    }
}
