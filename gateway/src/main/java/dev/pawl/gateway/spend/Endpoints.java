package dev.pawl.gateway.spend;

import java.util.List;
import java.util.stream.Stream;

/** The names one service has in all regions and networks, from the short form of {@code hosts.tsv}. */
final class Endpoints {
    /** AWS: by region or without, its own partitions, FIPS, dual stack, endpoints within a network, the oldest form. */
    private static final List<String> AWS = List.of(
            "%s.amazonaws.com",
            "%s.*.amazonaws.com",
            "%s-fips.*.amazonaws.com",
            "%s-fips.amazonaws.com",
            "*.%s.amazonaws.com",
            "%s.*.amazonaws.com.cn",
            "%s.*.api.aws",
            "%s-fips.*.api.aws",
            "%s.*.api.amazonwebservices.com.cn",
            "*.%s.*.vpce.amazonaws.com",
            "*.%s.*.vpce.amazonaws.com.cn");

    private static final List<String> ALIBABA =
            List.of("%s.aliyuncs.com", "%s.*.aliyuncs.com", "%s-*.aliyuncs.com", "%s-*.*.aliyuncs.com");

    private static final List<String> GOOGLE = List.of(
            "%s.googleapis.com",
            "*-%s.googleapis.com",
            "%s.mtls.googleapis.com",
            "%s.*.rep.googleapis.com",
            "%s-*.p.googleapis.com",
            "www.googleapis.com");

    private Endpoints() {}

    /** {@code aws:NAME}, {@code alibaba:NAME}, {@code google:NAME}, or a name as it is. */
    static Stream<String> of(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Stream.of(text);
        }
        String name = text.substring(colon + 1);
        List<String> forms = switch (text.substring(0, colon)) {
            case "aws" -> AWS;
            case "alibaba" -> ALIBABA;
            case "google" -> GOOGLE;
            default -> throw new IllegalStateException("no family of hosts: " + text);
        };
        return forms.stream().map(form -> form.replace("%s", name));
    }
}
