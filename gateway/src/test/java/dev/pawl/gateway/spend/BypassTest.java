package dev.pawl.gateway.spend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways to make a call that costs money look like another one. Each is found, or refused as unclear; none is clear. */
class BypassTest {
    private static final String EC2 = "ec2.eu-west-1.amazonaws.com";
    private static final String ECS = "ecs.cn-hangzhou.aliyuncs.com";
    private static final String RUN = "aws RunInstances";
    private static final String MANY = "Action=RunInstances&InstanceType=t3.micro&MinCount=1&MaxCount=2";

    private static Asking ec2(String body) {
        return Asking.of("POST", EC2, "/").form(body);
    }

    @Test
    void anActionInTheBodyTheQueryOrAFieldIsFound() {
        assertThat(ec2(MANY).operation()).isEqualTo(RUN);
        assertThat(Asking.of("GET", EC2, "/?" + MANY).operation()).isEqualTo(RUN);
        assertThat(Asking.of("POST", EC2, "/?" + MANY).operation()).isEqualTo(RUN);
        assertThat(ec2("").with("X-Amz-Target", "AmazonEC2.RunInstances").operation())
                .isEqualTo(RUN);
        assertThat(Asking.of("POST", EC2, "/service/AmazonEC2/operation/RunInstances")
                        .operation())
                .isEqualTo(RUN);
        assertThat(ec2("Action=DescribeInstances").operation()).isEqualTo("clear");
    }

    @ParameterizedTest
    @CsvSource({
        "action=runinstances",
        "ACTION=RUNINSTANCES",
        "%41ction=Run%49nstances",
        "Act%69on=%52un%49nstances",
        "x=1;Action=RunInstances",
        "&&Action=RunInstances&",
    })
    void otherSpellingsOfAParameterAreFound(String body) {
        assertThat(ec2(body).operation()).isEqualTo(RUN);
    }

    @ParameterizedTest
    @CsvSource({
        "Action=DescribeInstances&Action=RunInstances",
        "Action=RunInstances&Action=DescribeInstances",
        "Action=DescribeInstances&action=RunInstances",
        "Action=DescribeInstances&Action=DescribeInstances",
    })
    void anActionTwiceIsRefused(String body) {
        assertThat(ec2(body).operation()).isEqualTo("ambiguous");
    }

    @Test
    void twoPlacesThatNameAnOperationAreRefused() {
        assertThat(Asking.of("POST", EC2, "/?Action=DescribeInstances")
                        .form(MANY)
                        .operation())
                .isEqualTo("ambiguous");
        assertThat(ec2(MANY).with("X-Amz-Target", "AmazonEC2.DescribeInstances").operation())
                .isEqualTo("ambiguous");
        assertThat(ec2("Action=DescribeInstances")
                        .with("x-amz-target", "AmazonEC2.RunInstances")
                        .operation())
                .isEqualTo("ambiguous");
        assertThat(Asking.of("POST", ECS, "/?Action=DescribeInstances")
                        .with("x-acs-action", "ModifyInstanceSpec")
                        .operation())
                .isEqualTo("ambiguous");
        assertThat(Asking.of("POST", ECS, "/?Action=DescribeInstances")
                        .form("Action=ModifyInstanceSpec")
                        .operation())
                .isEqualTo("ambiguous");
    }

    /** As the client @alicloud/pop-core writes it. */
    @Test
    void aFieldAndAParameterThatAgreeNameOneOperation() {
        Asking both = Asking.of("POST", ECS, "/").with("x-acs-action", "ModifyInstanceSpec");
        assertThat(both.form("Action=ModifyInstanceSpec&InstanceType=ecs.g7.large")
                        .operation())
                .isEqualTo("alibaba ModifyInstanceSpec");
        assertThat(both.form("Action=modifyinstancespec").operation()).isEqualTo("ambiguous");
        assertThat(both.form("Action=ModifyInstanceSpec&Action=ModifyInstanceSpec")
                        .operation())
                .isEqualTo("ambiguous");
    }

    @Test
    void bodiesThatCannotBeReadAreRefused() {
        assertThat(ec2("Action=Describe%ZZ").operation()).isEqualTo("ambiguous");
        assertThat(ec2("").body("Action=DescribeInstances\0".getBytes(StandardCharsets.UTF_16LE))
                        .operation())
                .isEqualTo("ambiguous");
        assertThat(ec2(MANY).with("content-encoding", "br").operation()).isEqualTo("ambiguous");
        assertThat(ec2(MANY).with("content-encoding", "gzip").operation()).isEqualTo("ambiguous");
        assertThat(Asking.of("POST", EC2, "/")
                        .with("content-type", "multipart/form-data; boundary=b")
                        .body("--b\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nRunInstances\r\n--b--\r\n")
                        .operation())
                .isEqualTo("ambiguous");
        assertThat(Asking.of("POST", EC2, "/?Action=DescribeInstances")
                        .with("content-type", "multipart/form-data; boundary=b")
                        .body("--b\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nRunInstances\r\n--b--\r\n")
                        .operation())
                .isEqualTo("ambiguous");
    }

    @Test
    void packedBodiesAreRead() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(MANY.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(ec2("").with("content-encoding", "gzip")
                        .body(gzip.toByteArray())
                        .operation())
                .isEqualTo(RUN);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bomb)) {
            out.write(new byte[Bodies.MOST + 1]);
        }
        assertThat(ec2("").with("content-encoding", "deflate")
                        .body(bomb.toByteArray())
                        .operation())
                .isEqualTo("ambiguous");
        String chunks = "5;chunk-signature=" + "0".repeat(64) + "\r\nActio\r\n"
                + Integer.toHexString(MANY.length() - 5) + ";chunk-signature=" + "1".repeat(64) + "\r\n"
                + MANY.substring(5) + "\r\n0;chunk-signature=" + "2".repeat(64) + "\r\n\r\n";
        assertThat(ec2("").with("content-encoding", "aws-chunked").body(chunks).operation())
                .isEqualTo(RUN);
        assertThat(ec2("").with("content-encoding", "aws-chunked")
                        .body("5\r\nAct")
                        .operation())
                .isEqualTo("ambiguous");
    }

    @ParameterizedTest
    @CsvSource({
        "X-HTTP-Method-Override, POST",
        "x-http-method-override, post",
        "X-Method-Override, POST",
        "X-HTTP-Method, POST",
    })
    void anotherMethodInAFieldCounts(String field, String method) {
        Asking get = Asking.of("GET", "compute.googleapis.com", "/compute/v1/projects/p/zones/z/instances");
        assertThat(get.operation()).isEqualTo("clear");
        assertThat(get.with(field, method).operation()).isEqualTo("google instances.insert");
        assertThat(Asking.of("DELETE", "api.stripe.com", "/v1/subscriptions/sub_1")
                        .with(field, method)
                        .operation())
                .isEqualTo("stripe subscriptions.update");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/Subscriptions",
        "/V1/SUBSCRIPTIONS/",
        "/v1/sub%73criptions",
        "/v1/%53ubscriptions",
        "/v1%2Fsubscriptions",
        "/v1/subscriptions;a=b",
        "/v1;x/subscriptions?expand[]=a",
    })
    void otherSpellingsOfAPathAreFound(String path) {
        assertThat(Asking.of("POST", "api.stripe.com", path).form("customer=c").operation())
                .isEqualTo("stripe subscriptions.create");
    }

    @ParameterizedTest
    @CsvSource({
        "ec2.amazonaws.com",
        "ec2.us-east-1.amazonaws.com",
        "us-east-1.ec2.amazonaws.com",
        "ec2-fips.us-east-1.amazonaws.com",
        "ec2.us-east-1.api.aws",
        "ec2.cn-north-1.amazonaws.com.cn",
        "ec2.us-gov-west-1.amazonaws.com",
        "vpce-0a1b-cd.ec2.us-east-1.vpce.amazonaws.com",
    })
    void regionalAndOtherHostsAreKnown(String host) {
        assertThat(Asking.of("POST", host, "/").form(MANY).operation()).isEqualTo(RUN);
    }

    @Test
    void batchesAndAliasesHideNothing() {
        assertThat(Asking.of("POST", "compute.googleapis.com", "/batch/compute/v1")
                        .with("content-type", "multipart/mixed; boundary=b")
                        .body("--b\r\n\r\nPOST /compute/v1/projects/p/zones/z/instances\r\n--b--")
                        .operation())
                .isEqualTo("google batch");
        assertThat(Asking.of("POST", "management.azure.com", "/batch?api-version=2020-06-01")
                        .json("{\"requests\":[]}")
                        .operation())
                .isEqualTo("azure batch");
        assertThat(
                        graph(
                                "[{\"query\":\"query { myself { id } }\"},{\"query\":\"mutation { a: podResume(input: {}) { id } }\"}]"))
                .isEqualTo("runpod podResume");
        assertThat(graph(
                        "{\"query\":\"query { myself { id } }\",\"query\":\"mutation { x: pod\\u0052esume { id } }\"}"))
                .isEqualTo("runpod podResume");
        assertThat(graph("{\"query\":\"mutation { somethingNew(input: {}) { id } }\"}"))
                .isEqualTo("runpod unknown");
        assertThat(graph("{\"extensions\":{\"persistedQuery\":{\"sha256Hash\":\"00\"}}}"))
                .isEqualTo("runpod unknown");
        assertThat(graph("{\"query\":\"query { myself { pods { id } } }\"}")).isEqualTo("clear");
    }

    private static String graph(String body) {
        return Asking.of("POST", "api.runpod.io", "/graphql?api_key=k")
                .json(body)
                .operation();
    }

    @Test
    void whatAConditionLooksForIsFoundHoweverItIsWritten() {
        String path = "/apis/apps/v1/namespaces/n/deployments/d";
        Asking patch = Asking.of("PATCH", "cluster.example", path);
        assertThat(patch.json("{\"metadata\":{\"labels\":{\"a\":\"b\"}}}").operation())
                .isEqualTo("clear");
        assertThat(patch.json("{\"spec\":{\"replicas\":9}}").operation()).isEqualTo("kubernetes deployments.patch");
        assertThat(patch.json("{\"spec\":{\"re\\u0070licas\":9}}").operation())
                .isEqualTo("kubernetes deployments.patch");
        assertThat(patch.json("{\"spec\":{},\"spec\":{\"replicas\":9}}").operation())
                .isEqualTo("kubernetes deployments.patch");
        assertThat(patch.json("[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":9}]")
                        .operation())
                .isEqualTo("kubernetes deployments.patch");
        assertThat(patch.json("[{\"op\":\"add\",\"path\":\"/spec/nvidia.com~1gpu\",\"value\":9}]")
                        .operation())
                .isEqualTo("kubernetes deployments.patch");
        assertThat(patch.with("content-type", "application/apply-patch+yaml")
                        .body("spec:\n  replicas: 9\n")
                        .operation())
                .isEqualTo("kubernetes deployments.patch");
    }

    @Test
    void callsNobodyKnowsAreHeldWhereTheyCouldCost() {
        assertThat(ec2("Action=PurchaseMoonBase").operation()).isEqualTo("aws PurchaseMoonBase");
        assertThat(ec2("Action=CreateTags").operation()).isEqualTo("clear");
        assertThat(Asking.of("POST", "api.stripe.com", "/v1/new_ways_to_pay")
                        .form("a=b")
                        .operation())
                .isEqualTo("stripe unknown");
        assertThat(Asking.of("GET", "api.stripe.com", "/v1/new_ways_to_pay").operation())
                .isEqualTo("clear");
        assertThat(Asking.of("POST", "api.openai.com", "/v1/responses")
                        .json("{\"model\":\"gpt-5\"}")
                        .operation())
                .isEqualTo("clear");
        assertThat(Asking.of("POST", "api.anthropic.com", "/v1/messages")
                        .json("{}")
                        .operation())
                .isEqualTo("clear");
        assertThat(Asking.of("POST", "business.aliyuncs.com", "/?Action=QueryAccountBalance")
                        .operation())
                .isEqualTo("clear");
        assertThat(Asking.of("POST", "business.aliyuncs.com", "/?Action=ConfirmSomething")
                        .operation())
                .isEqualTo("alibaba ConfirmSomething");
    }
}
