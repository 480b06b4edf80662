package dev.pawl.cli.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bytes of a terminal to keys. What a person did not type one by one is left out: reports of the terminal, which the agent
 * may have asked for, and pasted text. Knows the forms of xterm (modifyOtherKeys) and kitty for modified keys, since the
 * agent may have chosen those. Not thread-safe.
 */
final class Keys {
    private static final int MAX_PARAMETERS = 64;
    private static final int ESC = 0x1b;
    private static final int CONTROL_C = 3;
    private static final int CONTROL_D = 4;
    private static final int CONTROL_U = 0x15;
    private static final int DELETE = 0x7f;
    private static final int CONTROL_BIT = 4;
    private static final byte[] PASTE_END = "\33[201~".getBytes(StandardCharsets.US_ASCII);

    /** What was pressed. */
    sealed interface Key {
        /** A printable ASCII character. */
        record Letter(char letter) implements Key {}

        /** Takes the line. */
        record Enter() implements Key {}

        /** Takes one letter back. */
        record Erase() implements Key {}

        /** Takes the line back. */
        record Clear() implements Key {}

        /** Ctrl-C, Ctrl-D or Esc. */
        record Leave() implements Key {}
    }

    private enum State {
        GROUND,
        ESCAPE,
        SKIP,
        CONTROL,
        STRING,
        STRING_ESCAPE,
        PASTE
    }

    private final StringBuilder parameters = new StringBuilder();
    private State state = State.GROUND;
    private int skip;
    private int matched;

    /** The keys that these bytes complete. */
    List<Key> read(byte[] bytes, int count) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read(bytes[i] & 0xff).ifPresent(keys::add);
        }
        return keys;
    }

    /** Nothing came for a while: an Esc that stands alone was the key. A sequence that was begun is forgotten. */
    Optional<Key> idle() {
        boolean alone = state == State.ESCAPE;
        if (state != State.PASTE) {
            state = State.GROUND;
        }
        return alone ? Optional.of(new Key.Leave()) : Optional.empty();
    }

    private Optional<Key> read(int value) {
        return switch (state) {
            case GROUND -> ground(value);
            case ESCAPE -> escape(value);
            case SKIP -> {
                state = --skip > 0 ? State.SKIP : State.GROUND;
                yield Optional.empty();
            }
            case CONTROL -> control(value);
            case STRING -> {
                state = value == ESC ? State.STRING_ESCAPE : value == 7 ? State.GROUND : State.STRING;
                yield Optional.empty();
            }
            case STRING_ESCAPE -> {
                state = State.GROUND;
                yield value == '\\' ? Optional.empty() : escape(value);
            }
            case PASTE -> paste(value);
        };
    }

    private Optional<Key> ground(int value) {
        if (value == ESC) {
            state = State.ESCAPE;
            return Optional.empty();
        }
        return switch (value) {
            case '\r', '\n' -> Optional.of(new Key.Enter());
            case DELETE, '\b' -> Optional.of(new Key.Erase());
            case CONTROL_U -> Optional.of(new Key.Clear());
            case CONTROL_C, CONTROL_D -> Optional.of(new Key.Leave());
            default -> value >= ' ' && value < DELETE ? Optional.of(new Key.Letter((char) value)) : Optional.empty();
        };
    }

    private Optional<Key> escape(int value) {
        parameters.setLength(0);
        state = switch (value) {
            case '[' -> State.CONTROL;
            case 'O' -> skip(1);
            case ']', 'P', 'X', '^', '_' -> State.STRING;
            default -> State.GROUND;
        };
        return value == ESC ? Optional.of(new Key.Leave()) : Optional.empty();
    }

    private State skip(int bytes) {
        skip = bytes;
        return State.SKIP;
    }

    private Optional<Key> control(int value) {
        if (value < 0x40 || value > 0x7e) {
            if (parameters.length() < MAX_PARAMETERS) {
                parameters.append((char) value);
            }
            return Optional.empty();
        }
        String given = parameters.toString();
        state = State.GROUND;
        return switch (value) {
            // A mouse report of the oldest kind has three more bytes, a function key of the Linux console one.
            case 'M' -> {
                state = given.isEmpty() ? skip(3) : State.GROUND;
                yield Optional.empty();
            }
            case '[' -> {
                state = skip(1);
                yield Optional.empty();
            }
            case 'u' -> modified(given.split(";", -1), 0, 1);
            case '~' -> tilde(given);
            default -> Optional.empty();
        };
    }

    private Optional<Key> tilde(String given) {
        if (given.equals("200")) {
            state = State.PASTE;
            matched = 0;
            return Optional.empty();
        }
        return given.startsWith("27;") ? modified(given.split(";", -1), 2, 1) : Optional.empty();
    }

    private static Optional<Key> modified(String[] given, int codeAt, int modifiersAt) {
        int code = number(given, codeAt, 0);
        int modifiers = number(given, modifiersAt, 1) - 1;
        boolean released = modifiersAt < given.length && given[modifiersAt].endsWith(":3");
        boolean control = (modifiers & CONTROL_BIT) != 0;
        if (released) {
            return Optional.empty();
        }
        if (control) {
            return switch (code) {
                case 'c', 'd' -> Optional.of(new Key.Leave());
                case 'u' -> Optional.of(new Key.Clear());
                default -> Optional.empty();
            };
        }
        return switch (code) {
            case ESC -> Optional.of(new Key.Leave());
            case '\r' -> Optional.of(new Key.Enter());
            case DELETE, '\b' -> Optional.of(new Key.Erase());
            default -> Optional.empty();
        };
    }

    /** The number before a colon, if any. */
    private static int number(String[] given, int at, int otherwise) {
        if (at >= given.length) {
            return otherwise;
        }
        String text = given[at].replaceFirst(":.*", "");
        return text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : otherwise;
    }

    private Optional<Key> paste(int value) {
        if (value == CONTROL_C || value == CONTROL_D) {
            state = State.GROUND;
            return Optional.of(new Key.Leave());
        }
        matched = value == PASTE_END[matched] ? matched + 1 : value == ESC ? 1 : 0;
        if (matched == PASTE_END.length) {
            state = State.GROUND;
        }
        return Optional.empty();
    }
}
