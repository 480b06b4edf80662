package dev.pawl.gateway.spend;

import java.util.List;
import java.util.Optional;

/**
 * One line of the catalogue.
 *
 * @param methods upper-case; none means any
 * @param path where a call is known by its path
 * @param operation as it is written on the wire, or a name for what has none; a star stands for any letters
 * @param needs names or values of which the body must hold one for the call to cost anything; none means it always does
 * @param price how its price is told; a dash where it is not known
 * @param shows names of parameters that tell how much is bought
 */
record Entry(
        Group group,
        List<String> methods,
        Optional<PathPattern> path,
        String operation,
        Change change,
        List<String> needs,
        String price,
        List<String> shows) {
    Entry {
        methods = List.copyOf(methods);
        needs = List.copyOf(needs);
        shows = List.copyOf(shows);
    }

    boolean takes(String method) {
        return methods.isEmpty() || methods.contains(method);
    }
}
