package dev.pawl.ledger;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes one JSON object on one line, in UTF-8. Any Java string may be written: a surrogate without its partner, which
 * UTF-8 cannot carry, is written as an escape, and so is what a terminal would obey or hide (C1 controls, changes of
 * direction), so that a line may be shown as it is. Absent values are left out. Not thread-safe; used once.
 */
public final class JsonOut implements Members {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);

    /** Opens the object. */
    public JsonOut() {
        generator.writeStartObject();
    }

    /** Writes a text member, or nothing for null. */
    @Override
    public JsonOut text(String name, @Nullable String value) {
        if (value != null) {
            generator.writeName(name);
            string(value);
        }
        return this;
    }

    /** Writes a list of texts. */
    @Override
    public JsonOut texts(String name, List<String> values) {
        generator.writeName(name);
        generator.writeStartArray();
        values.forEach(this::string);
        generator.writeEndArray();
        return this;
    }

    /** Writes a whole number. */
    @Override
    public JsonOut number(String name, long value) {
        generator.writeName(name);
        generator.writeNumber(value);
        return this;
    }

    /** Writes a list of whole numbers of 64 bits. */
    @Override
    public JsonOut longs(String name, List<Long> values) {
        generator.writeName(name);
        generator.writeStartArray();
        values.forEach(value -> generator.writeNumber(value.longValue()));
        generator.writeEndArray();
        return this;
    }

    /** Writes a list of whole numbers. */
    public JsonOut numbers(String name, List<Integer> values) {
        generator.writeName(name);
        generator.writeStartArray();
        values.forEach(value -> generator.writeNumber(value.intValue()));
        generator.writeEndArray();
        return this;
    }

    /**
     * Writes a number, or nothing for null.
     *
     * @throws IllegalArgumentException if it is not finite, which JSON cannot say
     */
    @Override
    public JsonOut decimal(String name, @Nullable Double value) {
        if (value != null) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(name + " is not a finite number");
            }
            generator.writeName(name);
            generator.writeNumber(value.doubleValue());
        }
        return this;
    }

    /** Writes true or false. */
    @Override
    public JsonOut flag(String name, boolean value) {
        generator.writeName(name);
        generator.writeBoolean(value);
        return this;
    }

    /** Opens an object member; {@link #end} closes it. */
    @Override
    public JsonOut begin(String name) {
        generator.writeName(name);
        generator.writeStartObject();
        return this;
    }

    /** Writes a list of objects. */
    public <T> JsonOut objects(String name, List<T> values, BiConsumer<JsonOut, T> members) {
        generator.writeName(name);
        generator.writeStartArray();
        for (T value : values) {
            generator.writeStartObject();
            members.accept(this, value);
            generator.writeEndObject();
        }
        generator.writeEndArray();
        return this;
    }

    @Override
    public <T> JsonOut list(String name, List<T> values, BiConsumer<Members, T> members) {
        return objects(name, values, members::accept);
    }

    /** Has another method write members here. */
    public JsonOut also(Consumer<JsonOut> members) {
        members.accept(this);
        return this;
    }

    /** Closes the object opened last by {@link #begin}. */
    @Override
    public JsonOut end() {
        generator.writeEndObject();
        return this;
    }

    /** Closes the object and returns it with a line feed at its end. */
    public byte[] line() {
        generator.writeEndObject();
        generator.close();
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private void string(String value) {
        if (plain(value)) {
            generator.writeString(value);
        } else {
            generator.writeRawValue(escaped(value));
        }
    }

    private static boolean plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x7f) {
                continue;
            }
            if (Character.isSurrogate(c)) {
                if (!paired(value, i)) {
                    return false;
                }
                i++;
            } else if (c < 0xa0 || Character.getType(c) == Character.FORMAT || c == 0x2028 || c == 0x2029) {
                return false;
            }
        }
        return true;
    }

    private static boolean paired(String value, int at) {
        return Character.isHighSurrogate(value.charAt(at))
                && at + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(at + 1));
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder(value.length() + 16).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
                text.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(Character.forDigit(c >> shift & 15, 16));
                }
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
