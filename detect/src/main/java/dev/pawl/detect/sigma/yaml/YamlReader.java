package dev.pawl.detect.sigma.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Reads YAML documents from parser events. Nothing here is recursive, no class is ever made from a tag, and an alias
 * refers to the tree that is already there, so neither depth nor references can cost more than the limits below.
 */
public final class YamlReader {
    /** Longest text, in UTF-16 units. */
    public static final int MAX_TEXT = 4 * 1024 * 1024;

    /** Longest single value. The specification allows a description 65,535 characters, the longest of all. */
    public static final int MAX_VALUE = 65_535;

    /** Longest line. The parser's work grows with the square of a value on one line. */
    static final int MAX_LINE = 70_000;

    static final int MAX_DEPTH = 24;
    static final int MAX_SIZE = 50_000;
    static final int MAX_DOCUMENTS = 10_000;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(MAX_TEXT).build();

    private YamlReader() {}

    /**
     * What was read: every document before the first fault, and the fault if there was one.
     *
     * @param problems empty, or the one problem that ended the reading
     */
    public record Documents(List<Tree> trees, List<Problem> problems) {
        public Documents {
            trees = List.copyOf(trees);
            problems = List.copyOf(problems);
        }
    }

    /** Reads all documents of a text. {@code file} is its name in places. Never throws. */
    public static Documents read(String file, String text) {
        List<Tree> trees = new ArrayList<>();
        if (text.length() > MAX_TEXT) {
            return refused(trees, Place.start(file), "the text is longer than " + MAX_TEXT / 1048576 + " MiB");
        }
        int tooLong = tooLongLine(text);
        if (tooLong > 0) {
            return refused(trees, new Place(file, tooLong, 1), "a line of more than " + MAX_LINE + " characters");
        }
        try {
            collect(file, text, trees);
            return new Documents(trees, List.of());
        } catch (Fault e) {
            return new Documents(trees, List.of(e.problem()));
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            Place place = mark == null ? Place.start(file) : place(file, mark);
            return refused(trees, place, "not valid YAML: " + clean(e.getProblem()));
        } catch (RuntimeException e) {
            // Whatever else the library throws means the same: this text is no YAML.
            return refused(trees, Place.start(file), "not valid YAML: " + clean(String.valueOf(e.getMessage())));
        }
    }

    /** The number of the first line that is too long, or 0. */
    private static int tooLongLine(String text) {
        int line = 1;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            if (end - start > MAX_LINE) {
                return line;
            }
            start = end + 1;
            line++;
        }
        return 0;
    }

    private static Documents refused(List<Tree> trees, Place place, String reason) {
        return new Documents(trees, List.of(new Problem(place, reason)));
    }

    private static void collect(String file, String text, List<Tree> trees) {
        Iterator<Event> events = new Parse(SETTINGS).parseString(text).iterator();
        TreeBuilder builder = new TreeBuilder();
        int seen = 0;
        while (events.hasNext()) {
            Event event = events.next();
            Place place = event.getStartMark().map(mark -> place(file, mark)).orElse(Place.start(file));
            switch (event) {
                case DocumentStartEvent ignored -> {
                    if (++seen > MAX_DOCUMENTS) {
                        throw new Fault(place, "more than " + MAX_DOCUMENTS + " documents in one text");
                    }
                    builder = new TreeBuilder();
                }
                case DocumentEndEvent ignored -> builder.root().ifPresent(trees::add);
                case ScalarEvent scalar -> builder.scalar(scalar, place);
                case CollectionStartEvent start -> builder.begin(start, start instanceof MappingStartEvent, place);
                case CollectionEndEvent ignored -> builder.end();
                case AliasEvent alias -> builder.alias(alias, place);
                default -> {
                    // Stream start and end and comments say nothing.
                }
            }
        }
    }

    private static Place place(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** A message of the library, on one line and short. */
    private static String clean(String message) {
        String line =
                String.valueOf(message).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= 160 ? line : line.substring(0, 160) + "…";
    }
}
