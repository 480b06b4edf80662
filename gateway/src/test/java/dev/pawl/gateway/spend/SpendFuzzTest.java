package dev.pawl.gateway.spend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a request holds, it is found to be something, and a call that costs money stays one in a noisy body. */
class SpendFuzzTest {
    private static final List<String> PIECES = List.of(
            "Action=",
            "RunInstances",
            "&",
            "=",
            "%",
            "%41",
            ";",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\u00",
            "query",
            "mutation",
            ":",
            "podResume",
            "\0",
            "\r\n",
            "0\r\n\r\n",
            "5;chunk-signature=",
            "/",
            "*",
            "1",
            "InstanceType",
            "é");

    private static final List<String> HOSTS = List.of(
            "ec2.eu-west-1.amazonaws.com", "ecs.aliyuncs.com", "api.runpod.io", "api.stripe.com", "cluster.example");

    private static final List<String> TARGETS =
            List.of("/", "/graphql", "/v1/subscriptions", "/apis/apps/v1/namespaces/n/deployments/d", "/?Action=%zz");

    private final Random random = new Random(20261125);

    private String pieces() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    @Test
    void neverThrows() {
        int spends = 0;
        for (int i = 0; i < 20_000; i++) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(pieces().getBytes(StandardCharsets.UTF_8));
            byte[] noise = new byte[random.nextInt(8)];
            random.nextBytes(noise);
            body.writeBytes(noise);
            Asking asking = Asking.of(pick(List.of("POST", "GET", "PATCH")), pick(HOSTS), pick(TARGETS))
                    .with(
                            "content-type",
                            pick(List.of("application/json", "application/x-www-form-urlencoded", "", "a/b")))
                    .with("content-encoding", pick(List.of("", "gzip", "aws-chunked", "deflate", "br, gzip")))
                    .body(body.toByteArray());
            spends += asking.found() instanceof Finding.Spends ? 1 : 0;
        }
        assertThat(spends).isBetween(100, 15_000);
    }

    @Test
    void noParameterHidesAnother() {
        for (int i = 0; i < 2_000; i++) {
            String noise = pieces().replace("Action", "Acton").replace("%", "").replace("\0", "");
            String body = noise + "&Action=RunInstances&" + noise;
            assertThat(Asking.of("POST", "ec2.eu-west-1.amazonaws.com", "/")
                            .form(body)
                            .found())
                    .as(body)
                    .isNotInstanceOf(Finding.Clear.class);
        }
    }

    @Test
    void deepAndLongPathsEnd() {
        String deep = "/subscriptions" + "/a".repeat(5_000) + "/providers/microsoft.compute/virtualmachines/v";
        assertThat(Asking.of("PUT", "management.azure.com", deep).operation()).isEqualTo("azure unknown");
        assertThat(Asking.of("POST", "ec2.amazonaws.com", "/")
                        .form("a=b&".repeat(200_000) + "Action=RunInstances")
                        .operation())
                .isEqualTo("ambiguous");
    }
}
