package dev.pawl.server.authzen;

import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;

/** How far several evaluations go, section 7.1.2.1 of the specification. */
enum Semantic {
    EXECUTE_ALL,
    DENY_ON_FIRST_DENY,
    PERMIT_ON_FIRST_PERMIT;

    static Semantic of(JsonObject options) {
        return switch (options.optionalText("evaluations_semantic").orElse("execute_all")) {
            case "execute_all" -> EXECUTE_ALL;
            case "deny_on_first_deny" -> DENY_ON_FIRST_DENY;
            case "permit_on_first_permit" -> PERMIT_ON_FIRST_PERMIT;
            case String _ ->
                throw new JsonFault("options.evaluations_semantic has to be execute_all, deny_on_first_deny or"
                        + " permit_on_first_permit");
        };
    }

    boolean endsAt(boolean allowed) {
        return switch (this) {
            case EXECUTE_ALL -> false;
            case DENY_ON_FIRST_DENY -> !allowed;
            case PERMIT_ON_FIRST_PERMIT -> allowed;
        };
    }
}
