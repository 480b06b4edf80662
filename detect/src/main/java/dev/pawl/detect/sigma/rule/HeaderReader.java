package dev.pawl.detect.sigma.rule;

import dev.pawl.detect.sigma.yaml.Attributes;
import dev.pawl.detect.sigma.yaml.Fault;
import dev.pawl.detect.sigma.yaml.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what every document has, with the limits of the specification's JSON schemas. */
final class HeaderReader {
    private static final int MAX_NAME = 256;
    private static final int MAX_DESCRIPTION = 65_535;
    private static final List<String> STATUS = List.of("stable", "test", "experimental", "deprecated", "unsupported");
    private static final List<String> RELATIONS =
            List.of("derived", "obsolete", "merged", "renamed", "similar", "correlation");
    // Each takes time in proportion to its text: no part can be split in two ways.
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])");
    private static final Pattern TAG = Pattern.compile("[a-z0-9_-]+\\.[a-z0-9._-]+");

    private HeaderReader() {}

    static Header read(Attributes document) {
        String title = document.requiredString("title", MAX_NAME);
        date(document, "date");
        date(document, "modified");
        document.string("taxonomy", MAX_NAME);
        document.string("license", MAX_DESCRIPTION);
        document.strings("references", 0);
        document.strings("fields", 0);
        document.strings("scope", 2);
        related(document);
        return new Header(
                title,
                document.string("id", text -> UUID.matcher(text).matches(), "a UUID"),
                document.string("name", MAX_NAME),
                level(document),
                document.string("status", STATUS::contains, "one of " + String.join(", ", STATUS)),
                or(document.string("description", MAX_DESCRIPTION)),
                or(document.string("author", MAX_DESCRIPTION)),
                tags(document),
                falsePositives(document),
                document.place());
    }

    private static void date(Attributes document, String key) {
        document.string(key, text -> DATE.matcher(text).matches(), "a date as 2025-08-02");
    }

    private static @Nullable Level level(Attributes document) {
        List<String> known = Arrays.stream(Level.values()).map(Level::text).toList();
        String text = document.string("level", known::contains, "one of " + String.join(", ", known));
        return text == null ? null : Level.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static List<String> tags(Attributes document) {
        List<String> tags = document.strings("tags", 0);
        for (String tag : tags) {
            if (!TAG.matcher(tag).matches()) {
                throw new Fault(
                        document.required("tags").place(),
                        "a tag must be a namespace, a dot and a name in lower case, as attack.t1234");
            }
        }
        return tags;
    }

    /** A list; correlations may also say a single string. */
    private static List<String> falsePositives(Attributes document) {
        if (document.has("correlation")
                && document.map().find("falsepositives").isPresent()
                && document.required("falsepositives") instanceof Tree.Text) {
            return List.of(document.requiredString("falsepositives", MAX_DESCRIPTION));
        }
        return document.strings("falsepositives", 2);
    }

    private static void related(Attributes document) {
        if (!document.has("related")) {
            return;
        }
        if (!(document.required("related") instanceof Tree.Items list)) {
            throw new Fault(document.required("related").place(), "'related' must be a list");
        }
        for (Tree entry : list.items()) {
            Attributes relation = new Attributes(entry, "an entry of 'related'");
            relation.required("id");
            relation.required("type");
            relation.string("id", text -> UUID.matcher(text).matches(), "a UUID");
            relation.string("type", RELATIONS::contains, "one of " + String.join(", ", RELATIONS));
        }
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
