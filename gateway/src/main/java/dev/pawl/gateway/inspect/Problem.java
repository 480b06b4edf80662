package dev.pawl.gateway.inspect;

import dev.pawl.core.Decision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A refusal as an answer of HTTP: problem details (RFC 9457) in JSON of nothing but ASCII, whatever an agent put into the
 * texts, and at most {@value #MAX_BYTES} bytes with all headers.
 *
 * @param status of HTTP
 * @param denial what refused, and why
 * @param next what the agent should do
 * @param event id of the event that records it, empty where there is none
 * @param voice in whose words it is told
 */
public record Problem(int status, Decision denial, String next, String event, Voice voice) {
    public static final int MAX_BYTES = 16_384;

    /** Problem details, which say all there is. */
    public static final Voice PLAIN = new Voice() {
        @Override
        public String type() {
            return "application/problem+json";
        }

        @Override
        public String body(Problem problem) {
            return problem.details();
        }
    };

    /** How a refusal is told: as problem details, or as the server itself would, where clients read only that. */
    public interface Voice {
        /** The status it is told with, where it is not the usual one. */
        default int status(int usual) {
            return usual;
        }

        /** The type of the body. */
        String type();

        /** The body: ASCII, and at most {@value #MAX_BYTES} bytes with all headers. */
        String body(Problem problem);
    }

    public Problem {
        status = voice.status(status);
    }

    /** Told as problem details. */
    public Problem(int status, Decision denial, String next, String event) {
        this(status, denial, next, event, PLAIN);
    }

    private static final int MAX_TEXT = 450;
    /** Clients of models would ask again, many times, if they were not told so. */
    private static final int EXHAUSTED = 429;

    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    /** RFC 9113, 7: a client may ask again in HTTP/1.1, and can read the answer then. */
    private static final int HTTP_1_1_REQUIRED = 0xd;

    /** The body. */
    public String json() {
        return voice.body(this);
    }

    private String details() {
        StringBuilder json = new StringBuilder(1024);
        member(json, "{", "type", "tag:pawl.dev,2026:" + kind());
        member(json, ",", "title", title());
        json.append(",\"status\":").append(status);
        member(json, ",", "detail", denial.because());
        member(json, ",", "rule", denial.rule());
        if (denial.boundary() != null) {
            member(json, ",", "boundary", denial.boundary());
        }
        member(json, ",", "because", denial.because());
        member(json, ",", "next", next);
        if (!event.isEmpty()) {
            member(json, ",", "event", event);
        }
        return json.append("}\n").toString();
    }

    /** A whole response of HTTP/1.1, after which the connection ends. */
    public byte[] http1(boolean head) {
        return http1(head, true);
    }

    /** The same; {@code last} says whether the connection ends with it. */
    byte[] http1(boolean head, boolean last) {
        String body = json();
        return ("HTTP/1.1 " + status + " " + phrase() + "\r\n"
                        + "Content-Type: " + voice.type() + "\r\n"
                        + (exhausted() ? "X-Should-Retry: false\r\n" : "")
                        + "Content-Length: " + body.length() + "\r\n"
                        + "Cache-Control: no-store\r\n"
                        + (last ? "Connection: close\r\n\r\n" : "\r\n")
                        + (head ? "" : body))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The server's preface of HTTP/2, and a GOAWAY that carries the body as its debug data (RFC 9113, 3.4 and 6.8). */
    public byte[] http2() {
        byte[] body = json().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frames = ByteBuffer.allocate(9 + 9 + 8 + body.length);
        frames.putInt(SETTINGS).put((byte) 0).putInt(0);
        frames.putInt(((8 + body.length) << 8) | GO_AWAY).put((byte) 0).putInt(0);
        frames.putInt(0).putInt(HTTP_1_1_REQUIRED).put(body);
        return frames.array();
    }

    /** Whether it would be the same if it were asked again. */
    boolean exhausted() {
        return status == EXHAUSTED;
    }

    private String kind() {
        return switch (status) {
            case 502, 504 -> "unreachable";
            case 400, 405, 413, 414, 431, 501 -> "unacceptable";
            default -> "denied";
        };
    }

    private String title() {
        return switch (kind()) {
            case "denied" -> "Denied by Pawl";
            case "unreachable" -> "No connection to the server";
            default -> "Not a request Pawl forwards";
        };
    }

    /** The reason phrase of the status. */
    String phrase() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 504 -> "Gateway Timeout";
            default -> "Refused";
        };
    }

    /** {@code "name":"value"} with {@code before} in front: ASCII, the value cut where it is long. */
    public static void member(StringBuilder json, String before, String name, String value) {
        json.append(before).append('"').append(name).append("\":\"");
        String text = value.length() > MAX_TEXT ? value.substring(0, MAX_TEXT) + "…" : value;
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c >= ' ' && c < 0x7f) {
                json.append((char) c);
            } else {
                // A surrogate that stands alone is no character, and no JSON text that every reader takes (RFC 8259,
                // 8.2).
                boolean alone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                for (char unit : Character.toChars(alone ? 0xfffd : c)) {
                    json.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        json.append('"');
    }
}
