package dev.pawl.detect.sigma.engine;

import dev.pawl.detect.sigma.rule.LogSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which groups of rules an event of a log source concerns. A group is the rules of one log source. Thread-safe. */
final class Routes {
    private static final int REMEMBERED = 1_024;

    private final List<LogSource> groups = new ArrayList<>();
    private final Map<LogSource, Route> known = new ConcurrentHashMap<>();

    /**
     * What an event's log source leads to.
     *
     * @param open by group, whether its rules are asked
     * @param mask one bit for each open group, shared by groups whose numbers are 64 apart
     */
    record Route(BitSet open, long mask) {}

    /** The number of the group of a log source; called while building only. */
    int group(LogSource source) {
        int at = groups.indexOf(source);
        if (at < 0) {
            groups.add(source);
            return groups.size() - 1;
        }
        return at;
    }

    static long bit(int group) {
        return 1L << (group & 63);
    }

    Route of(LogSource source) {
        Route route = known.get(source);
        if (route == null) {
            route = make(source);
            if (known.size() < REMEMBERED) {
                known.put(source, route);
            }
        }
        return route;
    }

    private Route make(LogSource source) {
        BitSet open = new BitSet();
        long mask = 0;
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).covers(source)) {
                open.set(i);
                mask |= bit(i);
            }
        }
        return new Route(open, mask);
    }
}
