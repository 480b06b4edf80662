package dev.pawl.policy.review;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds values of {@code env.set} and arguments that look like secrets. A charter is read by many, and recorded with every run. */
public final class Secrets {
    private static final int SHORTEST = 8;

    private static final Pattern NAMES = Pattern.compile(
            "(?i).*(TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|AUTH|COOKIE|BEARER).*");

    /** As the issuers write them: code hosts, model providers, clouds, chat, package registries, JSON web tokens, PEM. */
    private static final Pattern VALUES = Pattern.compile(
            "(gh[pousr]_|github_pat_|glpat-|sk-|AKIA|ASIA|AIza|ya29\\.|xox[abprs]-|npm_|pypi-|hf_|dop_v1_|eyJ[A-Za-z0-9_-]+\\.)"
                    + "[A-Za-z0-9_.-]{8,}.*|(?s).*-----BEGIN [A-Z ]*PRIVATE KEY-----.*");

    private static final Pattern URL_WITH_PASSWORD = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s:@]+:[^/\\s@]+@.*");

    /** {@code --token=…}, {@code PASSWORD=…}, {@code Authorization: …}. */
    private static final Pattern NAMED_VALUE = Pattern.compile("(?s)([A-Za-z0-9_-]{1,40})[=:]\\s*([^/\\s].{7,})");

    private Secrets() {}

    static Stream<Warning> in(Map<String, String> set) {
        return new TreeMap<>(set)
                .entrySet().stream()
                        .filter(entry -> secret(entry.getKey(), entry.getValue()))
                        .map(entry -> new Warning(
                                "env.set." + entry.getKey(),
                                "looks like a secret; a charter is read by many and copied into every run's record:"
                                        + " pass it on from the caller with env.pass"));
    }

    /** Whether an argument of a command line looks like a secret, by itself or by what stands before it. */
    public static boolean argument(String before, String argument) {
        Matcher parts = NAMED_VALUE.matcher(argument);
        return Stream.of(argument.split("[=:\\s]+"))
                        .anyMatch(part -> VALUES.matcher(part).matches())
                || URL_WITH_PASSWORD.matcher(argument).matches()
                || (parts.matches() && NAMES.matcher(parts.group(1)).matches())
                || (before.startsWith("-") && before.indexOf('=') < 0 && secret(before, argument));
    }

    private static boolean secret(String name, String value) {
        boolean named = NAMES.matcher(name).matches()
                && value.length() >= SHORTEST
                && !value.startsWith("/")
                && value.chars().noneMatch(Character::isWhitespace);
        return named
                || VALUES.matcher(value).matches()
                || URL_WITH_PASSWORD.matcher(value).matches();
    }
}
