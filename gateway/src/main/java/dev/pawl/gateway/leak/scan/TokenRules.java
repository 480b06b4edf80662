package dev.pawl.gateway.leak.scan;

import static dev.pawl.gateway.leak.scan.Chars.BASE62;
import static dev.pawl.gateway.leak.scan.Chars.LOWER_HEX;
import static dev.pawl.gateway.leak.scan.Chars.WORD;
import static dev.pawl.gateway.leak.scan.Chars.WORD_OR_DOT;
import static dev.pawl.gateway.leak.scan.TokenCheck.between;
import static dev.pawl.gateway.leak.scan.TokenCheck.exactly;

import java.util.List;

/** Tokens that issuers made to be recognised. Each says what the issuer published, or what its tokens were seen to be. */
final class TokenRules {
    /** OpenAI's name in base 64; in the middle of every key it issued since 2020. */
    private static final String OPENAI = "T3BlbkFJ";

    private TokenRules() {}

    static List<Rule> all() {
        Check checksummed = new TokenCheck(BASE62, Checksum.LENGTH, Checksum.LENGTH, false, Checksum::holds);
        Check hex32 = exactly(LOWER_HEX, 32).where(TokenCheck.RANDOM_HEX);
        Check hex40 = exactly(LOWER_HEX, 40).where(TokenCheck.RANDOM_HEX);
        Check hex64 = exactly(LOWER_HEX, 64).where(TokenCheck.RANDOM_HEX);
        return List.of(
                Rule.of("github-token", checksummed, "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
                Rule.of("github-token", exactly(WORD, 82), "github_pat_"),
                Rule.of("npm-token", checksummed, "npm_"),
                Rule.of("gitlab-token", between(WORD_OR_DOT, 20, 320), "glpat-", "gldt-", "glrt-", "glptt-", "glcbt-"),
                Rule.of("gitlab-token", between(WORD, 20, 320), "gloas-", "glsoat-", "glagent-", "glft-"),
                Rule.of("google-key", exactly(WORD, 35), "AIza"),
                Rule.of("google-key", exactly(WORD, 28), "GOCSPX-"),
                Rule.of("google-key", between(WORD_OR_DOT, 40, 2048), "ya29."),
                Rule.of(
                        "slack-token",
                        between(WORD, 20, 255).where(TokenCheck.VARIED),
                        "xoxb-",
                        "xoxp-",
                        "xoxa-",
                        "xoxr-",
                        "xoxs-",
                        "xapp-"),
                Rule.of(
                        "slack-token",
                        between(WORD.and("%"), 20, 400).where(TokenCheck.VARIED),
                        "xoxe-",
                        "xoxc-",
                        "xoxd-",
                        "xoxe.xox"),
                Rule.of(
                        "slack-token",
                        between(BASE62.and("/"), 35, 60).where(TokenCheck.VARIED),
                        "hooks.slack.com/services/"),
                Rule.of("stripe-key", between(BASE62, 16, 247), "sk_live_", "rk_live_"),
                Rule.of("stripe-key", between(BASE62, 32, 64), "whsec_"),
                Rule.of("pypi-token", between(WORD, 50, 400), "pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZw"),
                Rule.of("anthropic-key", between(WORD, 40, 200), "sk-ant-"),
                Rule.of("openai-key", between(WORD, 40, 300).where(TokenRules::openAi), "sk-"),
                Rule.of("api-key", between(WORD, 32, 128).where(TokenRules::solid), "sk-"),
                Rule.of("huggingface-token", exactly(BASE62, 34), "hf_", "api_org_"),
                Rule.of("sendgrid-key", exactly(WORD_OR_DOT, 66), "SG."),
                Rule.of("digitalocean-token", hex64, "dop_v1_", "doo_v1_", "dor_v1_"),
                Rule.of("docker-token", exactly(WORD, 27), "dckr_pat_"),
                Rule.of("docker-token", between(WORD, 30, 40), "dckr_oat_"),
                Rule.of("vault-token", between(WORD, 24, 240), "hvs.", "hvb.", "hvr."),
                Rule.of("databricks-token", hex32, "dapi"),
                Rule.of(
                        "shopify-token",
                        exactly(Chars.HEX, 32).where(TokenCheck.RANDOM_HEX),
                        "shpat_",
                        "shpca_",
                        "shppa_"),
                Rule.of("grafana-token", between(WORD, 40, 400), "glc_", "glsa_"),
                Rule.of("linear-key", exactly(BASE62, 40), "lin_api_"),
                Rule.of("pulumi-token", hex40, "pul-"),
                Rule.of("supabase-token", hex40, "sbp_"),
                Rule.of("replicate-token", exactly(BASE62, 37), "r8_"),
                Rule.of("api-key", between(BASE62, 48, 96), "gsk_", "xai-", "pplx-"),
                Rule.of("postman-key", between(WORD, 59, 59), "PMAK-"),
                Rule.of("newrelic-key", exactly(Chars.UPPER.and("0123456789"), 27), "NRAK-"),
                Rule.of("atlassian-token", between(WORD.and("="), 100, 250), "ATATT3xFfGF0", "ATCTT3xFfGN0"));
    }

    private static boolean openAi(Window window, int from, int length) {
        return window.text(from, length).contains(OPENAI) && TokenCheck.RANDOM.test(window, from, length);
    }

    /** One piece of it is long and random: {@code sk-loading-spinner} begins like a key as well. */
    private static boolean solid(Window window, int from, int length) {
        int at = from;
        while (at < from + length) {
            int piece = window.run(at, from + length - at, BASE62);
            if (piece >= 32) {
                boolean hex = window.run(at, piece, LOWER_HEX) == piece;
                return hex ? Entropy.random(window.bytes, at, piece, 16) : TokenCheck.RANDOM.test(window, at, piece);
            }
            at += piece + 1;
        }
        return false;
    }
}
