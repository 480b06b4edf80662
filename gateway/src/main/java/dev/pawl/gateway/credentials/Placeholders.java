package dev.pawl.gateway.credentials;

import java.security.SecureRandom;
import java.util.List;

/**
 * Makes stand-ins. Clients look at the shape of a token before they send it, so where an issuer's prefix is known the
 * stand-in has that prefix, the same length and the same classes of characters; all else in it is random.
 */
final class Placeholders {
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String MIXED = UPPER + LOWER + DIGITS;
    private static final String HEX = "0123456789abcdef";

    /** Beginnings that say who issued a token, the longer before the shorter. */
    private static final List<String> PREFIXES = List.of(
            "github_pat_",
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_",
            "glpat-",
            "sk-ant-api03-",
            "sk-ant-",
            "sk-proj-",
            "sk-",
            "xoxb-",
            "xoxp-",
            "npm_",
            "pypi-",
            "hf_",
            "sk_live_",
            "sk_test_",
            "rk_live_",
            "AIza",
            "ya29.",
            "dop_v1_");

    /** Random characters without which a stand-in could be guessed. */
    private static final int LEAST_RANDOM = 20;

    private Placeholders() {}

    static String like(String value, SecureRandom random) {
        for (String prefix : PREFIXES) {
            if (value.startsWith(prefix) && value.length() - prefix.length() >= LEAST_RANDOM) {
                return prefix + alike(value.substring(prefix.length()), random);
            }
        }
        return "pawl-" + text(random, HEX, 40);
    }

    /** Of an access key of AWS; those of temporary credentials begin otherwise, and this one never is temporary. */
    static String awsKey(SecureRandom random) {
        return "AKIA" + text(random, UPPER + "234567", 16);
    }

    static String awsSecret(SecureRandom random) {
        return text(random, MIXED, 40);
    }

    private static String alike(String rest, SecureRandom random) {
        StringBuilder text = new StringBuilder(rest.length());
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            boolean word = MIXED.indexOf(c) >= 0;
            text.append(word ? MIXED.charAt(random.nextInt(MIXED.length())) : c);
        }
        return text.toString();
    }

    private static String text(SecureRandom random, String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
