package dev.pawl.gateway.tls;

import io.netty.handler.ssl.SslProvider;
import java.time.Clock;
import java.util.List;

/** What an authority costs a fresh Java: run by hand, prints times. */
final class AuthorityCostMain {
    private static final int LEAVES = 2_000;

    private AuthorityCostMain() {}

    public static void main(String[] arguments) throws Exception {
        long begin = System.nanoTime();
        RunAuthority authority = new RunAuthority("r-cost", Clock.systemUTC());
        authority.pem();
        long made = System.nanoTime();
        authority.leaf(ServerName.parse("first.example").orElseThrow());
        long first = System.nanoTime();
        Leaves leaves = new Leaves(authority, SslProvider.JDK);
        leaves.contextFor("second.example", List.of("h2", "http/1.1"));
        long context = System.nanoTime();
        for (int i = 0; i < LEAVES; i++) {
            authority.leaf(ServerName.parse("host-" + i + ".example").orElseThrow());
        }
        long warm = System.nanoTime();
        for (int i = 0; i < LEAVES; i++) {
            leaves.contextFor("host-" + i + ".example", List.of("h2", "http/1.1"));
        }
        long contexts = System.nanoTime();
        System.out.printf(
                "authority %d ms, first leaf %.1f ms, first context %d ms; then a leaf %d us, a context %d us%n",
                (made - begin) / 1_000_000,
                (first - made) / 1e6,
                (context - first) / 1_000_000,
                (warm - context) / 1_000 / LEAVES,
                (contexts - warm) / 1_000 / LEAVES);
    }
}
