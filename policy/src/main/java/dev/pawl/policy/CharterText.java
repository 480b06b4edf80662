package dev.pawl.policy;

import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes a charter as YAML, every default said. What it writes loads again to an equal charter. */
public final class CharterText {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z/][A-Za-z0-9_./@-]*(:[A-Za-z0-9_./@-]+)*( [A-Za-z0-9_./@-]+)*");

    /** Words some YAML reader takes for something else than text. */
    private static final Pattern WORDS = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private CharterText() {}

    /** The charter as YAML. Equal charters give equal text. */
    public static String render(Charter charter) {
        Lines lines = new Lines();
        lines.add(0, "agent", quoted(charter.agent()));
        lines.open(0, "owner");
        lines.add(1, "name", quoted(charter.owner().name()));
        lines.list(1, "page", charter.owner().page());
        lines.add(0, "purpose", quoted(charter.purpose()));
        lines.add(0, "workspace", quoted(charter.workspace().toString()));
        if (!charter.files().read().isEmpty() || !charter.files().write().isEmpty()) {
            lines.open(0, "files");
            lines.list(
                    1,
                    "read",
                    charter.files().read().stream().map(Path::toString).toList());
            lines.list(
                    1,
                    "write",
                    charter.files().write().stream().map(Path::toString).toList());
        }
        network(lines, charter.network());
        if (!charter.env().pass().isEmpty() || !charter.env().set().isEmpty()) {
            lines.open(0, "env");
            lines.list(1, "pass", charter.env().pass());
            if (!charter.env().set().isEmpty()) {
                lines.open(1, "set");
                new TreeMap<>(charter.env().set()).forEach((name, value) -> lines.add(2, quoted(name), quoted(value)));
            }
        }
        budget(lines, charter.budget());
        lines.add(0, "boundaries", "standard");
        return lines.toString();
    }

    private static void network(Lines lines, Charter.NetworkGrants network) {
        if (network.equals(NetworkReader.NOTHING)) {
            lines.add(0, "network", "{} # nothing can be reached");
            return;
        }
        lines.open(0, "network");
        if (!network.allow().isEmpty()) {
            lines.open(1, "allow");
            network.allow().forEach(grant -> {
                lines.add(2, "- host", quoted(grant.host()));
                lines.add(3, "port", String.valueOf(grant.port()));
                lines.add(3, "protocol", text(grant.protocol()));
            });
        }
        if (!network.addresses().isEmpty()) {
            lines.open(1, "addresses");
            network.addresses().forEach(grant -> {
                lines.add(2, "- cidr", quoted(grant.range().toString()));
                lines.add(3, "port", String.valueOf(grant.port()));
                lines.add(3, "protocol", text(grant.protocol()));
            });
        }
        if (!network.routes().isEmpty()) {
            lines.open(1, "route");
            new TreeMap<>(network.routes()).forEach((host, to) -> {
                lines.add(2, "- host", quoted(host));
                lines.add(3, "to", quoted(to.toString()));
            });
        }
        network.resolver().ifPresent(resolver -> lines.add(1, "resolver", quoted(resolver.toString())));
    }

    private static void budget(Lines lines, Budget budget) {
        lines.open(0, "budget");
        budget.wall().ifPresent(wall -> lines.add(1, "wall", text(wall)));
        budget.cpu().ifPresent(cpu -> lines.add(1, "cpu", text(cpu)));
        budget.memoryBytes().ifPresent(memory -> lines.add(1, "memory", size(memory)));
        lines.add(1, "processes", String.valueOf(budget.processes()));
        budget.egressBytes().ifPresent(egress -> lines.add(1, "egress", size(egress)));
        lines.add(1, "tmp", size(budget.tmpBytes()));
    }

    /** Lower-case word of a protocol, as charters write it. */
    static String text(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }

    /** A time as charters write it. */
    static String text(Duration time) {
        long seconds = time.toSeconds();
        for (Map.Entry<Long, String> unit :
                List.of(Map.entry(86400L, "d"), Map.entry(3600L, "h"), Map.entry(60L, "m"))) {
            if (seconds % unit.getKey() == 0) {
                return seconds / unit.getKey() + unit.getValue();
            }
        }
        return seconds + "s";
    }

    /** A size as charters write it. */
    static String size(long bytes) {
        for (Map.Entry<Integer, String> unit :
                List.of(Map.entry(30, "GiB"), Map.entry(20, "MiB"), Map.entry(10, "KiB"))) {
            if (bytes % (1L << unit.getKey()) == 0) {
                return (bytes >> unit.getKey()) + unit.getValue();
            }
        }
        return String.valueOf(bytes);
    }

    /** A YAML scalar that every reader takes for this text: plain where that is safe, else in double quotes. */
    static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Shown.steers(c)) {
                        quoted.append(String.format("\\U%08X", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** Indented lines; a list under a key with no items is left out. */
    private static final class Lines {
        private final StringBuilder text = new StringBuilder();

        void add(int depth, String key, String value) {
            text.append("  ".repeat(depth))
                    .append(key)
                    .append(": ")
                    .append(value)
                    .append('\n');
        }

        void open(int depth, String key) {
            text.append("  ".repeat(depth)).append(key).append(":\n");
        }

        void list(int depth, String key, List<String> items) {
            if (items.isEmpty()) {
                return;
            }
            open(depth, key);
            items.forEach(item -> text.append("  ".repeat(depth + 1))
                    .append("- ")
                    .append(quoted(item))
                    .append('\n'));
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
