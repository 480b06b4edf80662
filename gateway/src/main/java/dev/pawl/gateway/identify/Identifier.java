package dev.pawl.gateway.identify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what one connection speaks from the beginning of both directions, however their bytes are cut. The
 * recognisers stand in an order: the first that says yes, after all before it said no, settles it. When no more is
 * looked at, any yes counts before any maybe. Used by one thread.
 */
public final class Identifier {
    /** Bytes of each direction that are looked at, unless told otherwise. */
    public static final int LIMIT = 4_096;

    private static final int BEGIN = 512;

    private final int outLimit;
    private final int inLimit;
    private List<Recognisers.Named> recognisers = new ArrayList<>();
    private @Nullable Verdict[] verdicts = new Verdict[0];
    private byte[] out = new byte[0];
    private byte[] in = new byte[0];
    private int outCount;
    private int inCount;
    private @Nullable Way first;
    private int firstOut = -1;
    private int firstIn = -1;
    private Identity best = Identity.UNKNOWN;
    private boolean settled;

    public Identifier() {
        this(LIMIT, LIMIT);
    }

    /** Looks at so many bytes of each direction. */
    public Identifier(int outLimit, int inLimit) {
        this.outLimit = outLimit;
        this.inLimit = inLimit;
    }

    /** How many more bytes of that direction it wants to see; none once it is settled. */
    public int wanted(Way way) {
        return settled ? 0 : way == Way.OUT ? outLimit - outCount : inLimit - inCount;
    }

    /** Takes bytes that came, as many of them as are wanted; says whether it is settled now. */
    public boolean take(Way way, byte[] bytes, int from, int count) {
        int taken = Math.min(count, wanted(way));
        if (taken > 0) {
            if (way == Way.OUT) {
                out = grown(out, outCount, taken, outLimit);
                System.arraycopy(bytes, from, out, outCount, taken);
                outCount += taken;
            } else {
                in = grown(in, inCount, taken, inLimit);
                System.arraycopy(bytes, from, in, inCount, taken);
                inCount += taken;
            }
            note(way);
            judge();
            if (!settled && outCount == outLimit && inCount == inLimit) {
                end();
            }
        }
        return settled;
    }

    /** No more will come: what is known now is the answer. */
    public void end() {
        settled = true;
        out = in = new byte[0];
        recognisers.replaceAll(Recognisers.Named::done);
    }

    /** Whether it cannot become that protocol any more. */
    public boolean refuted(String protocol) {
        if (best.protocol().equals(protocol)) {
            return false;
        }
        for (int i = 0; i < recognisers.size(); i++) {
            if (recognisers.get(i).protocol().equals(protocol) && !(verdicts[i] instanceof Verdict.No)) {
                return settled;
            }
        }
        return settled || !recognisers.isEmpty();
    }

    /** Whether the answer is final. */
    public boolean settled() {
        return settled;
    }

    /** The answer as far as it is known. */
    public Identity identity() {
        return best;
    }

    /** Who spoke first, null while nobody has. */
    public @Nullable Way first() {
        return first;
    }

    private static byte[] grown(byte[] bytes, int count, int more, int limit) {
        int needed = count + more;
        return bytes.length >= needed
                ? bytes
                : Arrays.copyOf(bytes, Math.min(limit, Math.max(needed, Math.max(BEGIN, 2 * bytes.length))));
    }

    private void note(Way way) {
        if (first == null) {
            first = way;
        }
        if (way == Way.IN && firstOut < 0 && outCount > 0) {
            firstOut = outCount;
        }
        if (way == Way.OUT && firstIn < 0 && inCount > 0) {
            firstIn = inCount;
        }
    }

    private void judge() {
        if (recognisers.isEmpty()) {
            recognisers = new ArrayList<>(Recognisers.ofConnections());
            verdicts = new Verdict[recognisers.size()];
        }
        Seen seen = new Seen(new Bytes(out, 0, outCount), new Bytes(in, 0, inCount), first, firstOut, firstIn);
        Identity sure = null;
        Identity likely = null;
        boolean open = false;
        for (int i = 0; i < verdicts.length; i++) {
            Verdict verdict = verdicts[i];
            if (verdict == null) {
                verdict = recognisers.get(i).recogniser().judge(seen);
                boolean last = verdict instanceof Verdict.Yes || verdict instanceof Verdict.No;
                verdicts[i] = last ? verdict : null;
                if (last) {
                    recognisers.set(i, recognisers.get(i).done());
                }
            }
            switch (verdict) {
                case Verdict.Yes(Identity identity) -> {
                    sure = sure == null ? identity : sure;
                    if (!open) {
                        best = identity;
                        end();
                        return;
                    }
                }
                case Verdict.Maybe(Identity identity) -> {
                    likely = likely == null ? identity : likely;
                    open = true;
                }
                case Verdict.Surely(Identity identity) -> {
                    best = sure != null ? sure : identity;
                    return;
                }
                case Verdict.More _ -> open = true;
                case Verdict.No _ -> {}
            }
        }
        best = sure != null ? sure : likely != null ? likely : Identity.UNKNOWN;
        if (!open) {
            end();
        }
    }
}
