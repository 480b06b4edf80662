package dev.pawl.policy.review;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * What was taken out and what was put in its place, of things of one kind. Two lists that between them overlap, such as
 * an address range and its two halves, are one group.
 */
record Groups<T>(List<T> removed, List<T> added) {
    Groups {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /** Groups what {@code before} and {@code after} do not have in common. */
    static <T> List<Groups<T>> of(List<T> before, List<T> after, BiPredicate<T, T> equal, BiPredicate<T, T> overlap) {
        List<Groups<T>> groups = new ArrayList<>();
        without(before, after, equal).forEach(one -> groups.add(new Groups<>(List.of(one), List.of())));
        for (T one : without(after, before, equal)) {
            List<Groups<T>> touched = groups.stream()
                    .filter(group -> group.removed.stream().anyMatch(other -> overlap.test(other, one)))
                    .toList();
            int place = touched.isEmpty() ? groups.size() : groups.indexOf(touched.getFirst());
            groups.removeAll(touched);
            groups.add(place, joined(touched, one));
        }
        return groups;
    }

    /** Everything in it. */
    Stream<T> all() {
        return Stream.concat(removed.stream(), added.stream());
    }

    private static <T> Groups<T> joined(List<Groups<T>> groups, T one) {
        return new Groups<>(
                groups.stream().flatMap(group -> group.removed.stream()).toList(),
                Stream.concat(groups.stream().flatMap(group -> group.added.stream()), Stream.of(one))
                        .toList());
    }

    private static <T> List<T> without(List<T> all, List<T> others, BiPredicate<T, T> equal) {
        return all.stream()
                .filter(one -> others.stream().noneMatch(other -> equal.test(one, other)))
                .toList();
    }
}
