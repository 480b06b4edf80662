package dev.pawl.policy.cedar;

/** All bounds on policies, values and evaluation. Cedar itself has none of these but the stack. */
public final class Limits {
    /** The longest policy text, in UTF-16 units. */
    public static final int TEXT = 1 << 20;

    /** The most policies in one text, and in one policy set. */
    public static final int POLICIES = 10_000;

    /**
     * How deep brackets and operators may nest, and how long a chain such as {@code a.b.c} or {@code a + b + c} may be:
     * the depth of the parser, the printer and the evaluator. It fits on a stack of 320 KiB.
     */
    public static final int NESTING = 64;

    /** The longest string literal, in UTF-16 units after its escapes are read. */
    public static final int STRING = 1 << 16;

    /** The longest pattern of a {@code like}, in UTF-16 units. */
    public static final int PATTERN = 4096;

    /** The longest identifier, and the most of them in one name. */
    public static final int IDENTIFIER = 256;

    /** The most members of one set or record literal, arguments of one call, operands of one chain, or listed actions. */
    public static final int MEMBERS = 10_000;

    /** The most annotations, and the most conditions, of one policy. */
    public static final int CLAUSES = 100;

    /** How deep sets and records of values may nest. */
    public static final int VALUE_NESTING = 200;

    /** The most steps one decision may take. docs/cedar.md says what counts as a step. */
    public static final int STEPS = 1_000_000;

    private Limits() {}
}
