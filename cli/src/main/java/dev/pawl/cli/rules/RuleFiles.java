package dev.pawl.cli.rules;

import dev.pawl.detect.sigma.RuleText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds rule files. A folder may be a checkout with much beside rules in it: what holds none is passed over. */
final class RuleFiles {
    static final int MAX_FILES = 50_000;

    /** A little more than a rule text may have, so that the reader says what is wrong with a longer one. */
    private static final int MAX_BYTES = 5 * 1024 * 1024;

    private static final String MARK = "\uFEFF";

    private static final Pattern RULE = Pattern.compile("(?m)^(?:detection|correlation|filter|logsource)\\s*:|^[{]");

    private RuleFiles() {}

    /**
     * The texts of a file, or of all .yml and .yaml files under a folder, hidden folders left out.
     *
     * @throws IOException if something cannot be read
     */
    static List<RuleText> read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("there is no " + path);
        }
        if (!Files.isDirectory(path)) {
            return List.of(new RuleText(path.toString(), text(path)));
        }
        List<RuleText> texts = new ArrayList<>();
        for (Path file : files(path)) {
            String text = text(file);
            if (RULE.matcher(text).find()) {
                texts.add(new RuleText(file.toString(), text));
            }
        }
        return texts;
    }

    /**
     * A file as text, without the byte order mark some editors begin with. Bytes that are no UTF-8 become the replacement
     * character. What is read is counted, since a device or a pipe does not say how large it is.
     *
     * @throws IOException if it cannot be read or is too large
     */
    static String text(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES / 1048576 + " MiB");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean hidden = !directory.equals(folder)
                        && directory.getFileName().toString().startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (attributes.isRegularFile() && (name.endsWith(".yml") || name.endsWith(".yaml"))) {
                    files.add(file);
                }
                if (files.size() > MAX_FILES) {
                    throw new IOException(folder + " holds more than " + MAX_FILES + " rule files");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Path::compareTo);
        return files;
    }
}
