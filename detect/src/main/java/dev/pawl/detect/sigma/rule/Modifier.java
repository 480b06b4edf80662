package dev.pawl.detect.sigma.rule;

import java.util.Locale;
import java.util.Optional;

/** What may follow a field's name after a bar (appendix Modifiers, 2.1.0). */
public enum Modifier {
    ALL,
    STARTSWITH,
    ENDSWITH,
    CONTAINS,
    EXISTS,
    CASED,
    NEQ,
    WINDASH,
    RE,
    I,
    M,
    S,
    BASE64,
    BASE64OFFSET,
    UTF16LE,
    UTF16BE,
    UTF16,
    WIDE,
    LT,
    LTE,
    GT,
    GTE,
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    YEAR,
    CIDR,
    EXPAND,
    FIELDREF;

    /** As written in rules. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Modifier> of(String text) {
        for (Modifier modifier : values()) {
            if (modifier.text().equals(text)) {
                return Optional.of(modifier);
            }
        }
        return Optional.empty();
    }
}
