package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.core.Body;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS command line with a stand-in for its key, to a server that takes nothing but what the real key signed. */
final class AwsIT {
    private static final Path AWS = Path.of("/usr/bin/aws");
    private static final String S3 = "s3.eu-west-1.amazonaws.com";
    private static final String STS = "sts.eu-west-1.amazonaws.com";
    private static final String ID = "AKIAREALREALREALREAL";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYREALREALKEY";

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Path work = Path.of(".");

    AwsIT() throws IOException {}

    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        work = launcher.workspace("aws", "aws_chunks.py");
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    /** The run's output; {@code server} holds the real key. */
    private Ended run(Started server, TestCertificates certificates, String host, String script) throws Exception {
        Path key = Files.writeString(base.resolve("key"), ID + ":" + SECRET + "\n");
        Path charter = launcher.charter(
                "cloud", work, """
                network:
                  allow: [{host: %1$s, inspect: true}]
                  route: [{host: %1$s, to: '127.0.0.1:%2$s'}]
                  authorities: [%3$s]
                env: {set: {AWS_DEFAULT_REGION: eu-west-1, AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '1', AWS_PAGER: ''}}
                secrets:
                  - {name: cloud, file: %4$s, host: %1$s, as: AWS_ACCESS_KEY_ID, place: aws-sigv4}
                """.formatted(host, server.out().strip(), certificates.authority(), key));
        Ended ended = launcher.run(charter, work, "/bin/bash", "-c", script).ended();
        assertThat(server.out()).as(ended.toString()).contains("right").doesNotContain("wrong");
        assertThat(ended.out() + ended.err()).doesNotContain(ID).doesNotContain(SECRET);
        return ended;
    }

    private Started server(TestCertificates certificates) throws Exception {
        String script = Launcher.script("aws_server.py").toString();
        return launcher.program(
                        Launcher.NOTHING,
                        base,
                        List.of(Launcher.PYTHON, script, certificates.pem().toString(), ID, SECRET))
                .says("\n");
    }

    @Test
    void objectsGoUpAndDown() throws Exception {
        assumeThat(AWS).as(AWS + " is not installed").isExecutable();
        TestCertificates certificates = new TestCertificates(base, S3);
        Started server = server(certificates);
        Ended ended = run(server, certificates, S3, """
                exec 2>&1
                head -c 300000 /dev/zero >large; echo small >small
                aws s3 cp small s3://a.bucket/small
                aws s3 cp large s3://a.bucket/large --no-progress
                aws s3 cp s3://a.bucket/small back; cat back
                curl -sS "$(aws s3 presign s3://a.bucket/small)"
                python3 aws_chunks.py HOST /a.bucket/chunks
                python3 aws_chunks.py HOST /a.bucket/larger 2000000
                env | grep AWS_""".replace("HOST", S3));
        assertThat(ended.out())
                .contains("upload: ./small to", "upload: ./large to", "download: s3:", "small\nsmall\n", "chunks 200")
                .contains("have the client send smaller chunks");
        assertThat(server.out())
                .contains("PUT /a.bucket/large ")
                .contains("PUT /a.bucket/chunks STREAMING-AWS4-HMAC-SHA256-PAYLOAD right")
                .doesNotContain("/larger");
    }

    /** Its body is part of the signature, and nothing in its head says the digest. */
    @Test
    void aCallWithABodyIsSigned() throws Exception {
        assumeThat(AWS).as(AWS + " is not installed").isExecutable();
        TestCertificates certificates = new TestCertificates(base, STS);
        Ended ended = run(server(certificates), certificates, STS, "aws sts get-caller-identity 2>&1");
        assertThat(ended.out()).contains("arn:aws:iam::1:user/agent");
        assertThat(launcher.events("cloud"))
                .anySatisfy(event -> assertThat(event.body()).isInstanceOfSatisfying(Body.Http.class, http -> {
                    assertThat(http.status()).isEqualTo(200);
                    assertThat(http.sent()).isEqualTo(43);
                }));
    }
}
