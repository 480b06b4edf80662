package dev.pawl.policy;

/** Who may approve what an agent asks for, by the names the operating system knows. */
public sealed interface Approver {
    /** One account. */
    record User(String name) implements Approver {}

    /** Every member of a group. */
    record Group(String name) implements Approver {}
}
