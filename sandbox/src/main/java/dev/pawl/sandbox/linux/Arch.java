package dev.pawl.sandbox.linux;

/** Processor architectures Pawl has numbers for. */
public enum Arch {
    X86_64(0xC000003E),
    /** Numbers in place, never run. */
    AARCH64(0xC00000B7);

    private final int audit;

    Arch(int audit) {
        this.audit = audit;
    }

    /** The value of {@code seccomp_data.arch} for native calls (linux/audit.h). */
    public int audit() {
        return audit;
    }

    /** The highest system call number reviewed, that of Linux 6.18; calls above it are refused. */
    public int lastReviewed() {
        return 469;
    }

    /**
     * The architecture of this machine.
     *
     * @throws UnsupportedOperationException on any other
     */
    public static Arch current() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new UnsupportedOperationException("Pawl has no system call table for " + name);
        };
    }
}
