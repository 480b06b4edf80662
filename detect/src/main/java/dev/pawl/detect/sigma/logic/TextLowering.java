package dev.pawl.detect.sigma.logic;

import dev.pawl.detect.sigma.rule.Item;
import dev.pawl.detect.sigma.rule.Modifier;
import dev.pawl.detect.sigma.rule.Value;
import dev.pawl.detect.sigma.yaml.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Applies text modifiers to one value, in the order written. A value becomes several only by base64offset. */
final class TextLowering {
    private final Value value;
    private List<List<Part>> texts;
    private boolean bytes;

    private TextLowering(Value value, List<Part> parts) {
        this.value = value;
        this.texts = List.of(parts);
    }

    static List<Glob> globs(Item item, Value value) {
        String text = item.has(Modifier.EXPAND) ? expanded(value) : value.text();
        TextLowering lowering = new TextLowering(value, Part.read(text));
        for (Modifier modifier : item.modifiers()) {
            lowering.apply(modifier);
        }
        return lowering.texts.stream()
                .map(parts -> new Glob(Part.normal(parts), item.has(Modifier.CASED)))
                .toList();
    }

    /** A placeholder that is left was given no meaning by a pipeline, and the rule has none without it. */
    static String expanded(Value value) {
        String text = value.text();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\%", i)) {
                out.append('%');
                i++;
            } else if (text.charAt(i) == '%' && text.indexOf('%', i + 1) > 0) {
                throw new Fault(
                        value.place(),
                        "placeholder " + text.substring(i, Math.min(text.indexOf('%', i + 1) + 1, i + 60))
                                + " has no values; a pipeline must give them");
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private void apply(Modifier modifier) {
        switch (modifier) {
            case CONTAINS ->
                texts = texts.stream().map(parts -> loose(parts, true, true)).toList();
            case STARTSWITH ->
                texts = texts.stream().map(parts -> loose(parts, false, true)).toList();
            case ENDSWITH ->
                texts = texts.stream().map(parts -> loose(parts, true, false)).toList();
            case WINDASH -> texts = texts.stream().map(TextLowering::dashes).toList();
            case UTF16LE, WIDE -> encode(Encodings.utf16(literal(modifier), StandardCharsets.UTF_16LE, false));
            case UTF16BE -> encode(Encodings.utf16(literal(modifier), StandardCharsets.UTF_16BE, false));
            case UTF16 -> encode(Encodings.utf16(literal(modifier), StandardCharsets.UTF_16LE, true));
            case BASE64 -> {
                String text = Encodings.base64(raw(modifier));
                bytes = false;
                texts = List.of(List.of(new Part.Literal(text)));
            }
            case BASE64OFFSET -> {
                List<String> offsets = Encodings.base64Offsets(raw(modifier));
                if (offsets.contains("")) {
                    throw new Fault(value.place(), "'base64offset' takes at least two bytes; one can be anything");
                }
                texts = offsets.stream()
                        .map(text -> List.<Part>of(new Part.Literal(text)))
                        .toList();
                bytes = false;
            }
            case ALL, NEQ, CASED, EXPAND -> {}
            case EXISTS, RE, I, M, S, LT, LTE, GT, GTE, MINUTE, HOUR, DAY, WEEK, MONTH, YEAR, CIDR, FIELDREF ->
                throw new Fault(value.place(), "'" + modifier.text() + "' does not go with text");
        }
    }

    private void encode(String encoded) {
        bytes = true;
        texts = List.of(List.of(new Part.Literal(encoded)));
    }

    private String raw(Modifier modifier) {
        String text = literal(modifier);
        return bytes ? text : Encodings.plain(text);
    }

    /** Encodings take text that is known to its last character. */
    private String literal(Modifier modifier) {
        if (texts.size() == 1
                && texts.getFirst().size() == 1
                && texts.getFirst().getFirst() instanceof Part.Literal(String text)) {
            return text;
        }
        throw new Fault(value.place(), "'" + modifier.text() + "' takes text that is not empty and has no wildcards");
    }

    private static List<Part> loose(List<Part> parts, boolean before, boolean after) {
        List<Part> loose = new ArrayList<>(parts);
        if (before) {
            loose.addFirst(Part.Wild.RUN);
        }
        if (after) {
            loose.addLast(Part.Wild.RUN);
        }
        return Part.normal(loose);
    }

    /** A dash that begins a word stands for all dashes; one between the letters of a word is part of it. */
    private static List<Part> dashes(List<Part> parts) {
        List<Part> out = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Literal(String text)) {
                int from = 0;
                for (int i = 0; i < text.length(); i++) {
                    if (introduces(text, i)) {
                        out.add(new Part.Literal(text.substring(from, i)));
                        out.add(Part.Wild.DASH);
                        from = i + 1;
                    }
                }
                out.add(new Part.Literal(text.substring(from)));
            } else {
                out.add(part);
            }
        }
        out.removeIf(part -> part instanceof Part.Literal(String text) && text.isEmpty());
        return out;
    }

    private static boolean introduces(String text, int i) {
        return Part.Wild.isDash(text.charAt(i))
                && (i == 0 || !word(text.charAt(i - 1)))
                && i + 1 < text.length()
                && word(text.charAt(i + 1));
    }

    private static boolean word(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
