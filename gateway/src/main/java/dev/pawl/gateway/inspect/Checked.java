package dev.pawl.gateway.inspect;

/** Looks that a head somebody changed can be written without becoming another message. */
final class Checked {
    private Checked() {}

    /**
     * The same head.
     *
     * @throws IllegalStateException if it cannot be written
     */
    static Head head(Head head) {
        boolean target = !head.target().isEmpty() && head.target().chars().allMatch(c -> c > ' ' && c < 0x7f);
        boolean fields = head.headers().stream()
                .allMatch(field -> HeadReader.isToken(field.name())
                        && field.value().chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c < 0x100)));
        boolean framing = head.headers().stream()
                .anyMatch(field -> field.is("Content-Length")
                        || field.is("Transfer-Encoding")
                        || field.is("Host")
                        || field.is("Connection"));
        if (!target || !fields || framing || !HeadReader.isToken(head.method())) {
            throw new IllegalStateException("a head was changed into none");
        }
        return head;
    }
}
