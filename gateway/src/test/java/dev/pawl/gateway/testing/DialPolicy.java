package dev.pawl.gateway.testing;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.Decision;
import dev.pawl.core.Policy;
import dev.pawl.core.Ranges;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Decides what is dialled (ordinary addresses, granted ones, routes but for some) and what is spoken. Keeps what it was asked. Thread-safe. */
public final class DialPolicy implements Policy {
    private final List<AddressGrant> granted;
    private final List<Attempt.Dial> asked = new CopyOnWriteArrayList<>();
    private final List<Attempt.Speak> spoken = new CopyOnWriteArrayList<>();
    private final List<String> forbidden = new CopyOnWriteArrayList<>();
    private volatile boolean broken;
    private volatile boolean routesClosed;

    public DialPolicy(Charter charter) {
        this.granted = charter.network().addresses();
    }

    /** From now on it throws. */
    public void breakDown() {
        broken = true;
    }

    /** From now on it denies what routes lead to. */
    public void closeRoutes() {
        routesClosed = true;
    }

    /** From now on it denies flows of this protocol; of {@code throw}, it throws at every one. */
    public void forbid(String protocol) {
        forbidden.add(protocol);
    }

    /** What was recognised and asked about. */
    public List<Attempt.Speak> spoken() {
        return List.copyOf(spoken);
    }

    public List<Attempt.Dial> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Decision decide(Attempt attempt) {
        if (attempt instanceof Attempt.Speak speak) {
            spoken.add(speak);
            if (forbidden.contains("throw")) {
                throw new StackOverflowError("as in a policy that fails");
            }
            return forbidden.contains(speak.protocol())
                    ? Decision.deny("test.protocols", "no-covert-channels", "nobody speaks " + speak.protocol())
                    : Decision.allow("speak", "it may be spoken");
        }
        if (!(attempt instanceof Attempt.Dial dial)) {
            throw new IllegalArgumentException("the gateway asks about addresses only: " + attempt);
        }
        asked.add(dial);
        if (broken) {
            throw new StackOverflowError("as in a policy that fails");
        }
        boolean open =
                dial.routed() ? !routesClosed : Ranges.special(dial.address()).isEmpty() || granted(dial);
        return open
                ? Decision.allow("open-address", "it is open")
                : Decision.deny("private-address", "no-lateral-movement", dial.host() + " leads inside");
    }

    private boolean granted(Attempt.Dial dial) {
        return granted.stream()
                .anyMatch(grant -> grant.port() == dial.port() && grant.range().contains(dial.address()));
    }
}
