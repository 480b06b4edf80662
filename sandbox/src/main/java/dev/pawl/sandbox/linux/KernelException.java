package dev.pawl.sandbox.linux;

import java.io.IOException;
import java.util.Locale;

/** A system call that had to succeed and did not. */
public final class KernelException extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;

    public KernelException(Sys sys, int errno) {
        super(sys.name().toLowerCase(Locale.ROOT) + ": " + Errno.name(errno));
        this.errno = errno;
    }

    /** The kernel's error number. */
    public int errno() {
        return errno;
    }
}
