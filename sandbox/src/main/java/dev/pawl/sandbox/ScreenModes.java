package dev.pawl.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the agent has made of the terminal, from the bytes it wrote: the modes that would disturb another user of the
 * screen, and whether it is amid a control sequence, a character or an update. Follows the states of a DEC terminal's
 * parser (ECMA-48; vt100.net/emu/dec_ansi_parser), as far as those tell where a sequence ends. Not thread-safe.
 */
final class ScreenModes {
    /** The longest unfinished sequence that is kept, to be written once more after it was cut. */
    static final int MAX_BEGUN = 4096;

    private static final int MAX_PARAMETERS = 64;
    private static final int ESC = 0x1b;
    private static final int ORIGIN = 6;
    private static final int CURSOR = 25;
    private static final int SIDE_MARGINS = 69;
    private static final int PASTE = 2004;
    private static final int UPDATE = 2026;
    private static final int[] ALTERNATE = {47, 1047, 1049};
    /** Mouse and focus reports: they would come as input. */
    private static final int[] REPORTS = {9, 1000, 1001, 1002, 1003, 1004};

    /** Clears what was begun and ends a string; a terminal at rest ignores both. */
    private static final String CUT = "\30\33\\";
    /** Swallows the rest of a string that was cut: no terminal knows this command. */
    private static final String UNKNOWN_STRING = "\33]99999;";
    /** Plain letters without colours; an empty stack for what keyboards report beyond that (kitty's protocol). */
    private static final String PLAIN = "\33[0m\33(B\17\33[>0u\33[2J";

    private enum State {
        REST,
        ESCAPE,
        INTERMEDIATE,
        CONTROL,
        STRING,
        STRING_ESCAPE
    }

    private final Map<Integer, Boolean> modes = new LinkedHashMap<>();
    private final StringBuilder parameters = new StringBuilder();
    private final byte[] begun = new byte[MAX_BEGUN];
    private int begunBytes;
    private State state = State.REST;
    private int continuation;

    /** Bytes go to the terminal. */
    void feed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            // Most bytes by far are plain letters; a negative one is above 127.
            if (bytes[i] < 0 || bytes[i] == ESC || !between()) {
                feed(bytes[i] & 0xff);
            }
        }
    }

    /** Bytes go to the terminal up to where something else may be written; returns how far that is, {@code to} at most. */
    int feedToRest(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !rests()) {
            feed(bytes[at++] & 0xff);
        }
        return at;
    }

    /** Whether something else may be written now without breaking what the agent is writing. */
    boolean rests() {
        return between() && !on(UPDATE, false);
    }

    /** Whether the agent draws on the alternate screen. */
    boolean alternate() {
        return Arrays.stream(ALTERNATE).anyMatch(mode -> on(mode, false));
    }

    /** What makes room for another user of the terminal: an empty alternate screen without reports. */
    String enter() {
        StringBuilder text = new StringBuilder(between() ? "" : CUT);
        // The agent's own alternate screen cannot be kept by any terminal: it has to be drawn again.
        // Both save the cursor with its colours, character sets and origin mode.
        text.append(alternate() ? "\0337" : "\33[?1049h");
        set(text, false, UPDATE, ORIGIN, SIDE_MARGINS);
        set(text, false, REPORTS);
        set(text, true, CURSOR, PASTE);
        return text.append(PLAIN).toString();
    }

    /** The way back from {@link #enter}. */
    byte[] leave() {
        StringBuilder text = new StringBuilder("\33[2J\33[<u");
        // In the order in which the agent chose them: of some a terminal obeys the last, and resetting one resets
        // others.
        modes.forEach((mode, on) -> {
            if (on && (contains(REPORTS, mode) || mode == SIDE_MARGINS)) {
                set(text, true, mode);
            }
        });
        restore(text, PASTE, false);
        restore(text, CURSOR, true);
        text.append(alternate() ? "\0338" : "\33[?1049l");
        restore(text, UPDATE, false);
        if (!between()) {
            String again = new String(begun, 0, begunBytes, StandardCharsets.ISO_8859_1);
            text.append(begunBytes < MAX_BEGUN ? again : state == State.STRING ? UNKNOWN_STRING : "");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private boolean between() {
        return state == State.REST && continuation == 0;
    }

    private boolean on(int mode, boolean usual) {
        return modes.getOrDefault(mode, usual);
    }

    private void restore(StringBuilder text, int mode, boolean usual) {
        set(text, on(mode, usual), mode);
    }

    private static void set(StringBuilder text, boolean on, int... modes) {
        for (int mode : modes) {
            text.append("\33[?").append(mode).append(on ? 'h' : 'l');
        }
    }

    private void feed(int value) {
        if (between()) {
            begunBytes = 0;
        }
        if (begunBytes < MAX_BEGUN) {
            begun[begunBytes++] = (byte) value;
        }
        if (value == 0x18 || value == 0x1a) {
            state = State.REST;
            continuation = 0;
            return;
        }
        if (value == ESC && state != State.STRING) {
            continuation = 0;
            state = State.ESCAPE;
            return;
        }
        state = switch (state) {
            case REST -> letter(value);
            case ESCAPE -> afterEscape(value);
            case INTERMEDIATE -> value >= 0x30 ? State.REST : State.INTERMEDIATE;
            case CONTROL -> control(value);
            case STRING -> string(value);
            case STRING_ESCAPE -> value == '\\' ? State.REST : afterEscape(value);
        };
    }

    private State letter(int value) {
        if (continuation > 0 && (value & 0xc0) == 0x80) {
            continuation--;
        } else {
            // UTF-8: how many more bytes belong to the character.
            continuation = value < 0xc2 ? 0 : value < 0xe0 ? 1 : value < 0xf0 ? 2 : value < 0xf5 ? 3 : 0;
        }
        return State.REST;
    }

    private State afterEscape(int value) {
        parameters.setLength(0);
        return switch (value) {
            case '[' -> State.CONTROL;
            case ']', 'P', 'X', '^', '_' -> State.STRING;
            case 'c' -> {
                modes.clear();
                yield State.REST;
            }
            default -> value < 0x20 ? State.ESCAPE : value < 0x30 ? State.INTERMEDIATE : State.REST;
        };
    }

    private State control(int value) {
        if (value < 0x40) {
            if (value >= 0x20 && parameters.length() < MAX_PARAMETERS) {
                parameters.append((char) value);
            }
            return State.CONTROL;
        }
        if (value == 'h' || value == 'l') {
            note(value == 'h');
        } else if (value == 'p' && parameters.toString().equals("!")) {
            modes.put(CURSOR, true);
        }
        return State.REST;
    }

    private void note(boolean on) {
        if (!parameters.toString().startsWith("?")) {
            return;
        }
        for (String each : parameters.substring(1).split(";", -1)) {
            if (!each.isEmpty() && each.length() < 6 && each.chars().allMatch(Character::isDigit)) {
                note(Integer.parseInt(each), on);
            }
        }
    }

    private void note(int mode, boolean on) {
        boolean watched = mode == CURSOR || mode == SIDE_MARGINS || mode == PASTE || mode == UPDATE;
        if (watched || contains(ALTERNATE, mode) || contains(REPORTS, mode)) {
            modes.remove(mode);
            modes.put(mode, on);
        }
    }

    private static boolean contains(int[] modes, int mode) {
        return Arrays.stream(modes).anyMatch(each -> each == mode);
    }

    /** A bell ends a string as its terminator does (xterm); ESC is the terminator's first byte, or ends it as well. */
    private static State string(int value) {
        return switch (value) {
            case 7 -> State.REST;
            case ESC -> State.STRING_ESCAPE;
            default -> State.STRING;
        };
    }
}
