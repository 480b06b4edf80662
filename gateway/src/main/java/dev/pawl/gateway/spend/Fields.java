package dev.pawl.gateway.spend;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Names and values that a request holds, in their order, the same name as often as it stands there. Not thread-safe. */
final class Fields {
    /** Names of members and values that are kept. */
    static final int MOST = 100_000;

    private record Field(String name, String value) {}

    private final List<Field> all = new ArrayList<>();

    /** @throws Unclear if there are more than {@value #MOST} */
    void add(String name, String value) throws Unclear {
        if (all.size() >= MOST) {
            throw new Unclear("it has more fields than anybody could look at");
        }
        all.add(new Field(name, value));
    }

    /** These and others. */
    Fields with(Fields others) {
        Fields both = new Fields();
        both.all.addAll(all);
        both.all.addAll(others.all);
        return both;
    }

    /** All values of that name, in any case. */
    List<String> of(String name) {
        return all.stream()
                .filter(field -> field.name.equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** The value of a name that stands there once, or with the same value each time. */
    Optional<String> one(String name) {
        List<String> values = of(name).stream().distinct().toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Whether a name, a value or a step of a JSON pointer (RFC 6901) is one of these, in any case. */
    boolean hasAny(List<String> words) {
        return all.stream()
                .anyMatch(field -> words.stream()
                        .anyMatch(word -> fits(word, field.name)
                                || fits(word, field.value)
                                || (field.value.startsWith("/")
                                        && steps(field.value).anyMatch(step -> fits(word, step)))));
    }

    private static Stream<String> steps(String pointer) {
        return Stream.of(pointer.split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"));
    }

    private static boolean fits(String word, String text) {
        return Glob.fits(word.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT));
    }

    List<String> values() {
        return all.stream().map(Field::value).toList();
    }
}
