package dev.pawl.gateway.identify;

import dev.pawl.gateway.identify.StratumWords.Meaning;
import dev.pawl.gateway.identify.StratumWords.Weight;

/**
 * Stratum and its dialects: messages of JSON, from either side. It has no specification of one place; the messages are
 * those of pools and miners. Listens as long as bytes are looked at, since a pool may pass over lines it does not know.
 */
final class Stratum implements Recogniser {
    private final StratumEar out = new StratumEar();
    private final StratumEar in = new StratumEar();

    @Override
    public Verdict judge(Seen seen) {
        // What a client of HTTP sends is listened to where its parts are known, and pages may quote anything.
        HttpOpening http = Http.line(seen.out());
        boolean answered = seen.in().isEmpty() || seen.in().agrees("HTTP/1.");
        if (http == HttpOpening.HTTP_2 || (http == HttpOpening.HTTP_1 && answered)) {
            return http == HttpOpening.HTTP_2 ? Verdict.NO : Verdict.MORE;
        }
        out.hear(seen.out());
        in.hear(seen.in());
        return http == HttpOpening.MORE && !seen.out().isEmpty() ? Verdict.MORE : verdict(out, in);
    }

    /** What two directions together are. */
    static Verdict verdict(StratumEar out, StratumEar in) {
        Meaning louder = in.heard().weight().compareTo(out.heard().weight()) > 0 ? in.heard() : out.heard();
        Identity stratum = Identity.certain("stratum").dialect(louder.dialect());
        if (louder.weight() == Weight.MINING) {
            return Verdict.yes(stratum);
        }
        if (louder.weight() == Weight.LIKELY || out.begun() || in.begun()) {
            return Verdict.maybe(stratum.suspected());
        }
        return louder.weight() == Weight.CALL ? Verdict.maybe(Identity.certain("json-rpc")) : Verdict.MORE;
    }
}
