package dev.pawl.gateway.leak;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where a credential that everybody can recognise may stand: it is no leak in the head of a request to those who issued
 * it. What is issued by many (a host's own GitLab, say) may stand in any header made for credentials.
 */
final class CredentialPlaces {
    private static final Map<String, List<String>> ISSUERS = Map.ofEntries(
            Map.entry("github-token", List.of("github.com", "ghcr.io", "ghe.com", "githubcopilot.com")),
            Map.entry("npm-token", List.of("npmjs.org", "npmjs.com")),
            Map.entry("pypi-token", List.of("pypi.org")),
            Map.entry("google-key", List.of("googleapis.com", "google.com")),
            Map.entry("aws-key", List.of("amazonaws.com", "aws.amazon.com")),
            Map.entry("alibaba-key", List.of("aliyuncs.com", "aliyun.com")),
            Map.entry("azure-key", List.of("azure.com", "windows.net", "microsoftonline.com")),
            Map.entry("slack-token", List.of("slack.com")),
            Map.entry("stripe-key", List.of("stripe.com")),
            Map.entry("openai-key", List.of("openai.com", "chatgpt.com")),
            Map.entry("anthropic-key", List.of("anthropic.com", "claude.ai", "claude.com")),
            Map.entry("huggingface-token", List.of("huggingface.co", "hf.co")),
            Map.entry("sendgrid-key", List.of("sendgrid.com")),
            Map.entry("digitalocean-token", List.of("digitalocean.com", "digitaloceanspaces.com")),
            Map.entry("docker-token", List.of("docker.io", "docker.com")),
            Map.entry("shopify-token", List.of("myshopify.com", "shopify.com")),
            Map.entry("linear-key", List.of("linear.app")),
            Map.entry("pulumi-token", List.of("pulumi.com")),
            Map.entry("supabase-token", List.of("supabase.com", "supabase.co")),
            Map.entry("replicate-token", List.of("replicate.com")),
            Map.entry("postman-key", List.of("postman.com", "getpostman.com")),
            Map.entry("newrelic-key", List.of("newrelic.com")),
            Map.entry("atlassian-token", List.of("atlassian.net", "atlassian.com", "bitbucket.org")));

    private static final Set<String> ANYWHERE =
            Set.of("gitlab-token", "vault-token", "databricks-token", "grafana-token", "api-key", "jwt", "password");

    private static final List<String> WORDS = List.of("auth", "token", "key", "cookie", "secret", "credential");

    private CredentialPlaces() {}

    /** {@code header}: its name, or an empty text for any other part of a head. */
    static boolean allows(String kind, String header, String host) {
        List<String> issuers = ISSUERS.getOrDefault(kind, List.of());
        if (issuers.stream().anyMatch(issuer -> host.equals(issuer) || host.endsWith("." + issuer))) {
            return true;
        }
        String name = header.toLowerCase(Locale.ROOT);
        return ANYWHERE.contains(kind) && WORDS.stream().anyMatch(name::contains);
    }
}
