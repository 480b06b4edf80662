package dev.pawl.gateway.credentials;

import dev.pawl.gateway.inspect.Head;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** {@code Authorization: Basic} (RFC 7617). */
final class Basic {
    private Basic() {}

    static Head put(Head head, String standIn, String value) {
        Optional<String> pair = PutIn.single(head, "authorization").flatMap(Basic::pair);
        if (pair.isEmpty()) {
            return head;
        }
        int colon = pair.get().indexOf(':');
        String user = pair.get().substring(0, colon);
        String password = pair.get().substring(colon + 1);
        // A user's name has no colon: what follows one would be read as the password.
        String newUser = user.equals(standIn) && value.indexOf(':') < 0 ? value : user;
        String newPassword = password.equals(standIn) ? value : password;
        return newUser.equals(user) && newPassword.equals(password)
                ? head
                : head.with("authorization", "Basic " + encoded(newUser + ":" + newPassword));
    }

    /** What the field holds in clear; empty if it is no such field. */
    static Optional<String> pair(String field) {
        if (!field.regionMatches(true, 0, "basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(field.substring(6).strip()), StandardCharsets.ISO_8859_1);
            return pair.indexOf(':') < 0 ? Optional.empty() : Optional.of(pair);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
    }
}
