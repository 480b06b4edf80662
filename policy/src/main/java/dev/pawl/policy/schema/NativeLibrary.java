package dev.pawl.policy.schema;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.formatter.PolicyFormatter;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityIdentifier;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads cedar-java's native library and leaves no file behind.
 *
 * <p>Its loader unpacks the library and would remove it when the JVM ends in an orderly way, which ours does not. So it
 * unpacks into a directory only this user can enter, every class that loads the library is made to do so at once, and
 * the directory goes: what is mapped stays mapped.
 */
final class NativeLibrary {
    /** Read by the loader (com.fizzed.jne.Options) when it is first used. */
    private static final String EXTRACT_DIRECTORY = "jne.extract.dir";

    /** All that load the library when they are initialised; one left out would look for the removed directory later. */
    private static final List<Class<?>> LOADING = List.of(
            BasicAuthorizationEngine.class,
            Schema.class,
            Policy.class,
            PolicySet.class,
            PolicyFormatter.class,
            EntityUID.class,
            EntityIdentifier.class,
            EntityTypeName.class);

    private NativeLibrary() {}

    /**
     * Loads it, or does nothing if it is loaded.
     *
     * @throws IOException if there is no place to unpack it
     * @throws LinkageError if this machine cannot run it
     */
    static synchronized void load() throws IOException {
        Path directory = Files.createTempDirectory("pawl-schema");
        try {
            System.setProperty(EXTRACT_DIRECTORY, directory.toString());
            for (Class<?> type : LOADING) {
                MethodHandles.publicLookup().ensureInitialized(type);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("these classes are public", e);
        } finally {
            System.clearProperty(EXTRACT_DIRECTORY);
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(NativeLibrary::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
