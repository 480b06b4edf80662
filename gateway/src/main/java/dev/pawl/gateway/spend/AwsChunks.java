package dev.pawl.gateway.spend;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Joins the chunks of a body that AWS's clients sign piece by piece ({@code aws-chunked}); what stands behind them is left out. */
final class AwsChunks {
    private static final int LONGEST_LINE = 4096;

    private AwsChunks() {}

    static byte[] joined(byte[] sent) throws Unclear {
        ByteArrayOutputStream body = new ByteArrayOutputStream(sent.length);
        int at = 0;
        while (true) {
            int end = line(sent, at);
            String head = new String(sent, at, end - at, StandardCharsets.ISO_8859_1).split(";", 2)[0];
            if (!head.matches("[0-9a-fA-F]{1,7}")) {
                throw broken();
            }
            int length = Integer.parseInt(head, 16);
            at = end + 2;
            if (length == 0) {
                return body.toByteArray();
            }
            if (at + length + 2 > sent.length || sent[at + length] != '\r' || sent[at + length + 1] != '\n') {
                throw broken();
            }
            body.write(sent, at, length);
            at += length + 2;
        }
    }

    private static int line(byte[] sent, int from) throws Unclear {
        for (int i = from; i + 1 < sent.length && i - from < LONGEST_LINE; i++) {
            if (sent[i] == '\r' && sent[i + 1] == '\n') {
                return i;
            }
        }
        throw broken();
    }

    private static Unclear broken() {
        return new Unclear("its body is not in chunks as its coding says");
    }
}
