package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.core.Body;
import dev.pawl.core.Price;
import dev.pawl.server.Questions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Providers' own clients ask for what costs money: nothing reaches the provider without a yes, and a yes is for one call. */
final class SpendIT {
    private static final Path AWS = Path.of("/usr/bin/aws");
    private static final String EC2 = "ec2.us-east-1.amazonaws.com";

    @TempDir
    private Path base;

    private Launcher launcher = new Launcher(Path.of("."));
    private Asker asker = new Asker(launcher);
    private Path work = Path.of(".");

    SpendIT() throws IOException {}

    /** The boundaries close these hosts to every agent; whoever wants the guard has lifted them. */
    @BeforeEach
    void open() throws IOException {
        launcher = new Launcher(base);
        asker = new Asker(launcher);
        work = launcher.workspace("spend");
        Files.copy(Launcher.script("clients/spend_client.cjs"), work.resolve("spend_client.cjs"));
        Files.createDirectories(launcher.home());
        Files.writeString(launcher.home().resolve("organization.yaml"), """
                organization: Corp
                boundaries:
                  lift:
                    - {boundary: no-spending, agents: [payer], because: Ada agrees to each call}
                    - {boundary: no-unassigned-compute, agents: [payer], because: Ada agrees to each call}
                """);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private Started server(TestCertificates certificates) throws Exception {
        String script = Launcher.script("spend_server.py").toString();
        return launcher.program(
                        Launcher.NOTHING,
                        base,
                        List.of(Launcher.PYTHON, script, certificates.pem().toString()))
                .says("\n");
    }

    private Path charter(String host, String spend, Started server, TestCertificates certificates, String rest)
            throws Exception {
        return launcher.charter(
                "payer", work, """
                network:
                  allow: [{host: %1$s, inspect: true%2$s}]
                  route: [{host: %1$s, to: '127.0.0.1:%3$s'}]
                  authorities: [%4$s]
                env: {set: {AWS_DEFAULT_REGION: us-east-1, AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '1', AWS_PAGER: ''}}
                %5$s
                """.formatted(host, spend, server.out().strip(), certificates.authority(), rest));
    }

    private List<String> spent() {
        return launcher.events("payer").stream()
                .filter(event -> event.body() instanceof Body.Spend)
                .map(event -> Launcher.decision(event).verdict() + " "
                        + Launcher.decision(event).rule() + " " + ((Body.Spend) event.body()).operation())
                .toList();
    }

    @Test
    void machinesAreNotRunWithoutAYes() throws Exception {
        assumeThat(AWS).as(AWS + " is not installed").isExecutable();
        TestCertificates certificates = new TestCertificates(base, EC2);
        Started server = server(certificates);
        Path key =
                Files.writeString(base.resolve("key"), "AKIAREALREALREALREAL:REALwJalrXUtnFEMI/K7MDENG+bPxRfiCYREAL\n");
        String secrets = "secrets: [{name: cloud, file: %s, host: %s, as: AWS_ACCESS_KEY_ID, place: aws-sigv4}]"
                .formatted(key, EC2);
        Path charter = charter(EC2, "", server, certificates, secrets);
        Started run = launcher.run(charter, work, "/bin/bash", "-c", """
                exec 2>&1
                aws ec2 describe-instances
                for turn in first second; do
                  aws ec2 run-instances --image-id ami-1 --instance-type t3.micro --count 2 --client-token same
                done""");
        Questions.Listed question = asker.question("payer");
        assertThat(question.json())
                .contains("\"kind\":\"spend\"", "RunInstances", "0.0208 USD/hour", "InstanceType=t3.micro");
        assertThat(server.out()).contains("DescribeInstances").doesNotContain("RunInstances");
        Ended approved = asker.approve(question, "once");
        assertThat(approved.out()).as(approved.toString()).contains("approved, once: 1 attempt goes on");
        Started.until(
                "the second question",
                () -> asker.find("payer")
                        .filter(next -> !next.id().equals(question.id()))
                        .isPresent());
        assertThat(server.out()).containsOnlyOnce("Action=RunInstances");
        asker.refuse(asker.question("payer"), "one is enough");
        Ended ended = run.ended();
        assertThat(ended.out()).as(ended.toString()).contains("i-new", "said no", "one is enough");
        assertThat(server.out()).containsOnlyOnce("Action=RunInstances");
        assertThat(spent())
                .containsExactly(
                        "ASK network.allow[0].spend RunInstances",
                        "ALLOW approved.once RunInstances",
                        "ASK network.allow[0].spend RunInstances",
                        "DENY refused RunInstances");
        assertThat(launcher.events("payer"))
                .filteredOn(event -> event.body() instanceof Body.Spend)
                .allSatisfy(event -> assertThat(((Body.Spend) event.body()).price())
                        .isEqualTo(new Price(20_800, "USD", Price.Per.HOUR)));
    }

    @Test
    void aCeilingLetsSmallCallsGoOnAndDeniesTheRest() throws Exception {
        assumeThat(AWS).as(AWS + " is not installed").isExecutable();
        TestCertificates certificates = new TestCertificates(base, EC2);
        Started server = server(certificates);
        Path charter = charter(
                EC2,
                ", spend: {otherwise: deny, allow: [{provider: aws, operation: RunInstances, most: 0.05 USD/hour}]}",
                server,
                certificates,
                "");
        Ended ended = launcher.run(charter, work, "/bin/bash", "-c", """
                exec 2>&1
                export AWS_ACCESS_KEY_ID=id AWS_SECRET_ACCESS_KEY=secret
                for type in t3.micro g5.48xlarge; do
                  aws ec2 run-instances --image-id ami-1 --instance-type $type --count 1
                done""").ended();
        assertThat(ended.out()).as(ended.toString()).contains("i-new", "no-spending", "16.288 USD/hour");
        assertThat(server.out()).contains("t3.micro").doesNotContain("g5.48xlarge");
        assertThat(spent())
                .containsExactly("ALLOW network.allow[0].spend[0] RunInstances", "DENY default RunInstances");
    }

    @ParameterizedTest
    @CsvSource({
        "alibaba, @alicloud/pop-core, ecs.cn-hangzhou.aliyuncs.com, ModifyInstanceSpec, o-new, ecs.g7.16xlarge",
        "stripe, stripe, api.stripe.com, subscriptions.update, sub_1, price_large",
        "aws, @aws-sdk/client-ec2, ec2.us-east-1.amazonaws.com, RunInstances, i-new, t3.micro",
    })
    void clientsFromNpmWaitForAYes(String kind, String name, String host, String operation, String answer, String told)
            throws Exception {
        Path module = FromNpm.module(launcher, name);
        assumeThat(Files.exists(module)).as("npm has not delivered " + name).isTrue();
        TestCertificates certificates = new TestCertificates(base, host);
        Started server = server(certificates);
        Path charter = charter(host, "", server, certificates, "files: {read: [" + FromNpm.folder(name) + "]}");
        Started run = launcher.run(charter, work, "/usr/bin/node", "spend_client.cjs", kind, module.toString());
        Questions.Listed question = asker.question("payer");
        assertThat(question.json()).contains("\"kind\":\"spend\"", operation, told);
        assertThat(server.out().lines()).hasSize(1);
        asker.approve(question, "once");
        Started.until(
                "the second question",
                () -> asker.find("payer")
                        .filter(next -> !next.id().equals(question.id()))
                        .isPresent());
        assertThat(server.out().lines()).hasSize(2);
        asker.refuse(asker.question("payer"), "one is enough");
        Ended ended = run.ended();
        assertThat(ended.out())
                .as(ended.toString())
                .containsPattern("first worked .*" + answer)
                .containsPattern("second failed .*one is enough");
        assertThat(server.out().lines()).hasSize(2);
    }
}
