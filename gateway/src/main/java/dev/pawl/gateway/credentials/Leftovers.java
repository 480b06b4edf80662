package dev.pawl.gateway.credentials;

import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import java.util.stream.Stream;

/** Finds stand-ins in a head, as they are and beneath the codings of heads. */
final class Leftovers {
    private static final int MOST_CODINGS = 3;

    private Leftovers() {}

    static boolean in(Head head, Credential credential) {
        return texts(head)
                .anyMatch(text -> holds(text, credential.placeholder())
                        || credential
                                .aws()
                                .filter(signing -> holds(text, signing.placeholder()))
                                .isPresent());
    }

    private static Stream<String> texts(Head head) {
        Stream<String> fields =
                head.headers().stream().flatMap(header -> Stream.of(header.name(), header.value(), beneath(header)));
        return Stream.concat(Stream.of(head.method(), head.authority(), head.target()), fields);
    }

    private static String beneath(Header header) {
        return Basic.pair(header.value()).orElse("");
    }

    private static boolean holds(String text, String standIn) {
        String seen = text;
        for (int i = 0; i < MOST_CODINGS; i++) {
            if (seen.contains(standIn)) {
                return true;
            }
            String under = Query.decoded(seen);
            if (under.equals(seen)) {
                return false;
            }
            seen = under;
        }
        return seen.contains(standIn);
    }
}
