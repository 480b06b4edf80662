package dev.pawl.server.money;

import dev.pawl.core.ModelLimit.Period;
import java.util.List;
import java.util.Locale;

/**
 * Whose use is counted together.
 *
 * @param name the run, the agent or the owner; of the organisation {@value #EVERYBODY}, since a home has one
 */
public record Account(Kind kind, String name) {
    /** The name of the organisation's account: another name in its file is no other account. */
    public static final String EVERYBODY = "all";

    /** What an account is of. */
    public enum Kind {
        RUN,
        AGENT,
        OWNER,
        ORGANIZATION;

        /** As people, JSON and the database read it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Over what this account is counted. A run is one period; how it falls into hours matters to nobody. */
    public List<Period> periods() {
        return kind == Kind.RUN ? List.of(Period.RUN) : List.of(Period.HOUR, Period.DAY, Period.MONTH);
    }
}
