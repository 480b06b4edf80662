package dev.pawl.gateway.identify;

import org.jspecify.annotations.Nullable;

/** What a relay of one connection carries, as far as that matters: SSH and mining. */
final class Inner {
    private final Ssh ssh = new Ssh();
    private @Nullable Stratum stratum;

    /** Judges what was seen behind the handshake; {@code carrier} if it is neither. */
    Verdict judge(Bytes out, Bytes in, Identity carrier) {
        Seen inside = Seen.of(out, in);
        if (ssh.judge(inside) instanceof Verdict.Yes(Identity identity)) {
            return Verdict.yes(carried(identity, carrier));
        }
        if (stratum == null) {
            stratum = new Stratum();
        }
        return switch (stratum.judge(inside)) {
            case Verdict.Yes(Identity identity) -> Verdict.yes(carried(identity, carrier));
            case Verdict.Maybe _, Verdict.Surely _, Verdict.More _, Verdict.No _ -> Verdict.maybe(carrier);
        };
    }

    private static Identity carried(Identity identity, Identity carrier) {
        return new Identity(
                identity.protocol(),
                carrier.protocol(),
                identity.dialect(),
                identity.confidence(),
                carrier.opening(),
                identity.details());
    }
}
