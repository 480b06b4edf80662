package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Decision;
import dev.pawl.gateway.inspect.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProblemTest {
    /** A flat object as RFC 8259 has it, in ASCII. */
    private static final Pattern FLAT_JSON = Pattern.compile("\\{\"\\w+\":(STRING|\\d+)(,\"\\w+\":(STRING|\\d+))*}\\n"
            .replace("STRING", "\"([ !#-\\[\\]-~]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})*+\""));

    @Test
    void saysAllOfIt() {
        Decision denial = new Decision(Decision.Verdict.DENY, "budget.egress", "no-x", "It is \"spent\"\n", "gateway");
        assertThat(new Problem(403, denial, "stop", "01J").json())
                .isEqualTo("{\"type\":\"tag:pawl.dev,2026:denied\",\"title\":\"Denied by Pawl\",\"status\":403,"
                        + "\"detail\":\"It is \\\"spent\\\"\\u000a\",\"rule\":\"budget.egress\",\"boundary\":\"no-x\","
                        + "\"because\":\"It is \\\"spent\\\"\\u000a\",\"next\":\"stop\",\"event\":\"01J\"}\n");
        assertThat(new Problem(502, Refusals.deny("unreachable", null, "so"), "wait", "").json())
                .contains("2026:unreachable", "\"status\":502")
                .doesNotContain("boundary", "event");
    }

    @Test
    void isWellFormedAndBoundedWhateverTheTexts() {
        Random random = new Random(20_261_122);
        for (int i = 0; i < 2_000; i++) {
            Decision denial = new Decision(Decision.Verdict.DENY, text(random), text(random), text(random), "gateway");
            Problem problem = new Problem(403, denial, text(random), text(random));
            assertThat(problem.json()).matches(FLAT_JSON);
            assertThat(problem.http1(false)).hasSizeLessThanOrEqualTo(Problem.MAX_BYTES);
            assertThat(problem.http2()).hasSizeLessThanOrEqualTo(Problem.MAX_BYTES);
        }
    }

    @Test
    void characersBeyondTheBasicPlaneSurviveAndHalvesOfThemDoNot() {
        Problem problem = new Problem(403, Refusals.deny("r", null, "\ud83d\ude00 \ud83d"), "", "");
        assertThat(problem.json()).contains("\"because\":\"\\ud83d\\ude00 \\ufffd\"");
    }

    @Test
    void theAnswerHasItsLengthAndToHeadNoBody() {
        Problem problem = new Problem(403, Refusals.deny("r", null, "so"), "", "");
        String answer = new String(problem.http1(false), StandardCharsets.US_ASCII);
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(answer)
                .startsWith("HTTP/1.1 403 Forbidden\r\n")
                .contains(
                        "\r\nContent-Type: application/problem+json\r\n",
                        "\r\nContent-Length: " + body.length() + "\r\n");
        assertThat(body).isEqualTo(problem.json());
        assertThat(new String(problem.http1(true), StandardCharsets.US_ASCII))
                .isEqualTo(answer.substring(0, answer.length() - body.length()));
    }

    @Test
    void http2SaysItInTheDebugDataOfGoAway() {
        Problem problem = new Problem(403, Refusals.deny("r", null, "so"), "", "");
        ByteBuffer frames = ByteBuffer.wrap(problem.http2());
        assertThat(frames.getInt()).as("empty SETTINGS").isEqualTo(4);
        assertThat(frames.get()).isZero();
        assertThat(frames.getInt()).isZero();
        int lengthAndType = frames.getInt();
        assertThat(lengthAndType & 0xff).as("GOAWAY").isEqualTo(7);
        assertThat(frames.get()).isZero();
        assertThat(frames.getInt()).as("of the connection").isZero();
        assertThat(lengthAndType >> 8).isEqualTo(frames.remaining());
        assertThat(frames.getInt()).as("last stream").isZero();
        assertThat(frames.getInt()).as("HTTP_1_1_REQUIRED").isEqualTo(13);
        assertThat(StandardCharsets.US_ASCII.decode(frames).toString()).isEqualTo(problem.json());
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(600);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(3) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80)));
        }
        return text.toString();
    }
}
