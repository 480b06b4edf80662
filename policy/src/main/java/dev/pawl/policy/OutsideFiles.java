package dev.pawl.policy;

import dev.pawl.core.Charter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads paths of files that Pawl itself opens, outside the sandbox. For one charter. */
final class OutsideFiles {
    private static final int LONGEST = 4096;
    private static final long LARGEST_PEM = 4L << 20;
    private static final String ALLOWED = "a path is allowed: absolute, relative to the charter, or below ~";

    private final Paths paths;
    private final Path base;
    private final List<Path> visible;
    private final List<Path> writable;

    /** {@code base} is where relative paths start. */
    OutsideFiles(Surroundings surroundings, Path base, Optional<Path> workspace, Charter.FileGrants files) {
        this.paths = new Paths(surroundings);
        this.base = base;
        this.writable =
                Stream.concat(workspace.stream(), files.write().stream()).toList();
        this.visible = Stream.concat(writable.stream(), files.read().stream()).toList();
    }

    List<Path> writable() {
        return writable;
    }

    /** Certificates somebody trusts: a file that the agent could change would let it choose whom to trust. */
    Optional<Path> authority(Value value) {
        Optional<Path> file = file(value).filter(real -> allowed(value, real, writable, "may change"));
        file.ifPresent(real -> certificates(value, real));
        return file;
    }

    /** A file with a secret: one that the agent can see needs no gateway to be used. */
    Optional<Path> secret(Value value) {
        return file(value).filter(real -> allowed(value, real, visible, "can read"));
    }

    private Optional<Path> file(Value value) {
        Optional<String> text = value.text(LONGEST, ALLOWED);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path real = Paths.find(paths.named(text.get(), base)).real();
            if (Files.isRegularFile(real) && real.toString().codePoints().noneMatch(Shown::steers)) {
                return Optional.of(real);
            }
            value.problem("is " + Shown.quote(text.get()) + ", which is no file");
        } catch (IllegalArgumentException e) {
            value.problem(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            value.problem("is " + Shown.quote(text.get())
                    + ", which does not exist or cannot be reached; an existing file" + " is allowed");
        }
        return Optional.empty();
    }

    private static boolean allowed(Value value, Path real, List<Path> places, String may) {
        Optional<Path> place = places.stream().filter(real::startsWith).findFirst();
        place.ifPresent(in -> value.problem("is " + Shown.clean(real.toString()) + ", which the agent " + may
                + ", for it lies in " + Shown.clean(in.toString()) + "; move it elsewhere"));
        return place.isEmpty();
    }

    private static void certificates(Value value, Path file) {
        String shown = Shown.clean(file.toString());
        try {
            if (Files.size(file) > LARGEST_PEM) {
                value.problem("is " + shown + ", which is larger than 4MiB");
                return;
            }
            try (InputStream in = Files.newInputStream(file)) {
                if (CertificateFactory.getInstance("X.509")
                        .generateCertificates(in)
                        .isEmpty()) {
                    value.problem("is " + shown + ", which holds no certificate; a PEM file is allowed");
                }
            }
        } catch (CertificateException e) {
            value.problem("is " + shown + ", which holds no certificate that can be read; a PEM file is allowed");
        } catch (IOException e) {
            value.problem("is " + shown + ", which cannot be read");
        }
    }
}
