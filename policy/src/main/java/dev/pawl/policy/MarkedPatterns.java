package dev.pawl.policy;

import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Reads {@code files.marked}: patterns of files in the workspace of which no part may leave. */
final class MarkedPatterns {
    static final String KEY = "marked";

    private static final int LONGEST = 255;
    private static final int MOST = 64;
    private static final String ALLOWED =
            "a pattern of 1 to 255 characters is allowed, relative to the workspace: secret.txt, models/**, **/*.pem";

    private MarkedPatterns() {}

    static List<String> read(Value list) {
        List<String> patterns = new ArrayList<>();
        for (Value item : list.items()) {
            Optional<String> text = item.text(LONGEST, ALLOWED);
            if (text.isEmpty()) {
                continue;
            }
            Optional<String> fault = fault(text.get());
            if (fault.isPresent()) {
                item.problem("is " + Shown.quote(text.get()) + ", which " + fault.get() + "; " + ALLOWED);
            } else if (patterns.contains(text.get())) {
                item.problem("names " + Shown.quote(text.get()) + " a second time; once is enough");
            } else {
                patterns.add(text.get());
            }
        }
        if (patterns.size() > MOST) {
            list.problem("has " + patterns.size() + " patterns; at most " + MOST + " are allowed");
        }
        return patterns;
    }

    private static Optional<String> fault(String pattern) {
        if (pattern.startsWith("/") || pattern.startsWith("~")) {
            return Optional.of("is not relative");
        }
        if (pattern.endsWith("/")) {
            return Optional.of("ends with a slash; a directory's name alone means all of it");
        }
        for (String part : pattern.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return Optional.of("has an empty part, . or .. in it");
            }
        }
        try {
            var _ = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is no pattern: " + Shown.clean(e.getDescription()));
        }
    }
}
