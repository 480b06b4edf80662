package dev.pawl.gateway.leak.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is said to be secret by what stands before it ({@code api_key: "…"}), and passwords in addresses. The words alone
 * say nothing, programs are full of them: the value must look drawn at random.
 */
final class PasswordRules {
    private static final List<String> WORDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "apikey",
            "api_key",
            "api-key",
            "token",
            "access_key",
            "accesskey",
            "access-key",
            "private_key",
            "privatekey",
            "auth_key",
            "account_key",
            "credential",
            "pwd");

    private static final List<String> CAMEL = List.of(
            "apiKey",
            "ApiKey",
            "accessKey",
            "AccessKey",
            "privateKey",
            "PrivateKey",
            "Password",
            "Passwd",
            "Passphrase",
            "Secret",
            "Token",
            "Credential",
            "Pwd",
            "Api-Key");

    private static final String[] DATABASES = {
        "postgres://", "postgresql://", "mysql://", "mariadb://", "mongodb://", "mongodb+srv://", "redis://",
                "rediss://",
        "amqp://", "amqps://", "mssql://", "sqlserver://", "clickhouse://", "oracle://", "cockroachdb://", "ldap://",
        "ldaps://", "nats://", "kafka://"
    };

    private static final Chars VALUE = Chars.ranges("azAZ09").and("+/=_-.~!@#^*");
    private static final Chars DOT = Chars.ranges("..");
    private static final Chars PERCENT = Chars.ranges("%%");
    private static final Chars IDENTIFIER = Chars.BASE62.and("_.-!");
    private static final Chars USER = Chars.ranges("azAZ09").and("_-.%+");
    private static final Chars SECRET = Chars.ranges("!~").without("@/\"'<>\\ `");
    private static final Set<String> EXAMPLES = Set.of("localhost", "127.0.0.1", "example", "host", "hostname");

    private static final List<String> NAMES =
            List.of("key", "token", "secret", "passw", "auth", "user", "config", "test", "value", "field");

    private static final List<String> PAGES = List.of(
            "next", "Next", "next_", "page", "Page", "page_", "next-", "ontinuation", "ontinuation-", "sync", "Sync");

    private static final int LONGEST_NAME = 24;
    private static final int LONGEST_VALUE = 160;

    private PasswordRules() {}

    static List<Rule> all() {
        List<String> words = new ArrayList<>(WORDS);
        WORDS.forEach(word -> words.add(word.toUpperCase(Locale.ROOT)));
        words.addAll(CAMEL);
        return List.of(
                Rule.of("password", PasswordRules::assigned, words.toArray(String[]::new)),
                Rule.of("database-url", PasswordRules::address, DATABASES),
                Rule.of("url-password", PasswordRules::address, "https://", "http://", "ftp://", "sftp://", "ssh://"));
    }

    private static int assigned(Window window, int start, int after) {
        if (pages(window, start)) {
            return Check.NO;
        }
        int at = after + window.run(after, LONGEST_NAME, Chars.WORD);
        int value = valueOf(window, at);
        if (window.open(value + 1)) {
            return Check.more(value - start + 24);
        }
        if (value == at) {
            return Check.NO;
        }
        int length = window.run(value, LONGEST_VALUE, VALUE);
        if (length < LONGEST_VALUE && window.open(value + length + 1)) {
            return Check.more(value - start + Math.max(32, 2 * length));
        }
        if (length == LONGEST_VALUE || !closes(window, value + length)) {
            return Check.NO;
        }
        return !isCode(window, value, length) && looksSecret(window, value, length) ? value + length - start : Check.NO;
    }

    /** {@code nextToken} and its like are the place in a list. */
    private static boolean pages(Window window, int start) {
        return PAGES.stream().anyMatch(word -> window.has(start - word.length(), word));
    }

    /** A variable between two texts that are joined, or a type in a declaration. */
    private static boolean isCode(Window window, int value, int length) {
        boolean joined = window.at(value) == '+' && window.at(value + length - 1) == '+';
        boolean declared = window.at(value + length) == ';'
                && window.run(value, length, IDENTIFIER) == length
                && 10 * Entropy.inWords(window.bytes, value, length, 3) > 6 * length;
        return joined || declared;
    }

    /** Where the value begins behind a name, or the same index where no sign of one follows. */
    private static int valueOf(Window window, int name) {
        int at = skip(window, name, "\\\"' ]", 6);
        int sign = at;
        at = window.has(at, "%3D") || window.has(at, "%3A") ? at + 3 : skip(window, at, ":=>", 3);
        if (at == sign && !window.open(at)) {
            return name;
        }
        return skip(window, at, "\\\"'` ", 6);
    }

    private static int skip(Window window, int from, String which, int most) {
        int at = from;
        while (at < from + most && window.at(at) != Window.NOTHING && which.indexOf(window.at(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** Whether a value may end here: in code, a bracket or a dot would go on. */
    private static boolean closes(Window window, int at) {
        int c = window.at(at);
        return c == Window.NOTHING || "\"'`,;&<}] \t\r\n\\|".indexOf(c) >= 0;
    }

    private static boolean looksSecret(Window window, int from, int length) {
        byte[] bytes = window.bytes;
        int digits = count(window, from, length, Chars.DIGITS);
        int upper = count(window, from, length, Chars.UPPER);
        int lower = count(window, from, length, Chars.LOWER);
        if (length < 14) {
            return false;
        }
        if (window.run(from, length, Chars.HEX) == length) {
            boolean oneCase = upper == 0 || lower == 0;
            return length >= 32 && oneCase && digits < length && Entropy.random(bytes, from, length, 16);
        }
        boolean mixed = lower >= 2 && (upper >= 2 || (length >= 24 && digits >= 4));
        return mixed
                && dense(window, from, length)
                && count(window, from, length, DOT) <= 1
                && Entropy.random(bytes, from, length, 62)
                && !Examples.known(window.text(from, length));
    }

    /** Few words: names that programs give have little else, and a random text has some by chance. */
    private static boolean dense(Window window, int from, int length) {
        int limit = count(window, from, length, Chars.DIGITS) > 0 ? 6 : 5;
        return 10 * Entropy.inWords(window.bytes, from, length, 4) <= limit * length && !isName(window, from, length);
    }

    /** Such as {@code testEd25519PrivateKey}. */
    private static boolean isName(Window window, int from, int length) {
        String lower = window.text(from, length).toLowerCase(Locale.ROOT);
        return window.run(from, length, IDENTIFIER) == length && NAMES.stream().anyMatch(lower::contains);
    }

    private static int count(Window window, int from, int length, Chars set) {
        int count = 0;
        for (int i = from; i < from + length; i++) {
            count += set.has(window.bytes[i]) ? 1 : 0;
        }
        return count;
    }

    /** {@code user:password@host} behind a scheme. */
    private static int address(Window window, int start, int after) {
        int user = window.run(after, 64, USER);
        int colon = after + user;
        if (window.open(colon)) {
            return Check.more(colon - start + 32);
        }
        if (user == 64 || window.at(colon) != ':') {
            return Check.NO;
        }
        int length = window.run(colon + 1, 128, SECRET);
        int at = colon + 1 + length;
        if (window.open(at + 16)) {
            return Check.more(at - start + 48);
        }
        if (length < 6 || length == 128 || window.at(at) != '@' || !window.is(at + 1, Chars.BASE62)) {
            return Check.NO;
        }
        int host = window.run(at + 1, 15, Chars.WORD_OR_DOT);
        String name = window.text(at + 1, host);
        if (EXAMPLES.stream().anyMatch(name::startsWith) || !guarded(window, colon + 1, length)) {
            return Check.NO;
        }
        return at - start;
    }

    /** No word one writes in place of a password, and nothing that is filled in later. */
    private static boolean guarded(Window window, int from, int length) {
        int escapes = count(window, from, length, PERCENT);
        if (escapes > 0 && length - 2 * escapes < 10) {
            return false;
        }
        for (int i = from; i < from + length; i++) {
            if ("${}()[]*%".indexOf(window.at(i)) >= 0 && !window.is(i + 1, Chars.HEX)) {
                return false;
            }
        }
        String lower = window.text(from, length).toLowerCase(Locale.ROOT);
        return count(window, from, length, Chars.LETTERS) > 0
                && dense(window, from, length)
                && !lower.contains("pass")
                && !lower.contains("secret")
                && (length < 12 || Entropy.random(window.bytes, from, length, 62))
                && Entropy.of(window.bytes, from, length) > 2.5;
    }
}
