package dev.pawl.detect.sigma.yaml;

import java.util.List;
import java.util.Optional;

/** A value of a YAML document. An anchor used twice is one object in two places, so a tree may be a graph without cycles. */
public sealed interface Tree {
    Place place();

    /** How much this value is once every alias is written out. */
    long size();

    /** A single value. {@code plain} is false where quotes or a block made it a string whatever it looks like. */
    record Text(String value, boolean plain, Place place) implements Tree {
        /** YAML's null: nothing, ~ or null, without quotes. */
        public boolean isNull() {
            return plain
                    && switch (value) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }

        public boolean isBoolean() {
            return plain && (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"));
        }

        public boolean isNumber() {
            return plain && looksLikeNumber(value);
        }

        public boolean isString() {
            return !isNull() && !isBoolean() && !isNumber();
        }

        @Override
        public long size() {
            return 1;
        }
    }

    /** A list. */
    record Items(List<Tree> items, Place place, long size) implements Tree {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A map in the order written; keys are unique. */
    record Fields(List<Field> fields, Place place, long size) implements Tree {
        public Fields {
            fields = List.copyOf(fields);
        }

        public Optional<Field> find(String key) {
            return fields.stream().filter(field -> field.key().equals(key)).findFirst();
        }
    }

    /** A key with its value; the place is the key's. */
    record Field(String key, Place place, Tree value) {}

    private static boolean looksLikeNumber(String text) {
        int digits = 0;
        boolean dot = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !dot) {
                dot = true;
            } else if (i > 0 || (c != '-' && c != '+')) {
                return false;
            }
        }
        return digits > 0;
    }
}
