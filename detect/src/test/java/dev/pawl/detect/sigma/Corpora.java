package dev.pawl.detect.sigma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.detect.sigma.engine.LogEvent;
import dev.pawl.detect.sigma.rule.LogSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Rules and events that lie beside the project. */
public final class Corpora {
    public static final JsonMapper JSON = new JsonMapper();
    private static final Path ROOT =
            Path.of(System.getProperty("pawl.root", "..")).resolve("../shared/corpora");

    private Corpora() {}

    /** A folder or file of the corpora; skips the test, by name, where it is missing. */
    public static Path path(String name) {
        Path path = ROOT.resolve(name).normalize();
        assumeTrue(Files.exists(path), "skipped: " + path + " is not here");
        return path;
    }

    /** All rule files under a folder, named relative to it. */
    public static List<RuleText> rules(String folder) {
        Path root = path(folder);
        try (Stream<Path> files = Files.walk(root)) {
            List<RuleText> texts = files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .map(file -> new RuleText(root.relativize(file).toString(), text(file)))
                    .toList();
            assertThat(texts).isNotEmpty();
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All JSON objects of a file, one after the other. */
    public static List<Map<?, ?>> objects(Path file) {
        List<Map<?, ?>> objects = new ArrayList<>();
        try (MappingIterator<Map<?, ?>> values = JSON.readerFor(Map.class).readValues(text(file))) {
            values.forEachRemaining(objects::add);
        }
        return objects;
    }

    /** Records of the Windows event log, routed by channel. */
    public static List<LogEvent> windowsEvents(Path file) {
        List<LogEvent> events = new ArrayList<>();
        for (Map<?, ?> object : objects(file)) {
            LogEvent.Builder fields =
                    JsonFields.add(LogEvent.of(new LogSource(null, null, null), "", Instant.EPOCH), object);
            String channel = String.join("", fields.build().all("Channel"));
            LogSource source = new LogSource(null, "windows", service(channel));
            events.add(JsonFields.add(LogEvent.of(source, file + "#" + events.size(), Instant.EPOCH), object)
                    .build());
        }
        return events;
    }

    private static String service(String channel) {
        return switch (channel) {
            case "Microsoft-Windows-Sysmon/Operational" -> "sysmon";
            case "Security" -> "security";
            case "Microsoft-Windows-TaskScheduler/Operational" -> "taskscheduler";
            case "Microsoft-Windows-Windows Defender/Operational" -> "windefend";
            case "Microsoft-Windows-WMI-Activity/Operational" -> "wmi";
            default -> throw new IllegalArgumentException("no service is known for channel " + channel);
        };
    }
}
