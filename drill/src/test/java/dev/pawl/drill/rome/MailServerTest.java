package dev.pawl.drill.rome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MailServerTest {
    private static final String MAIL = """
            EHLO me
            MAIL FROM:<a@b.example>
            RCPT TO:<c@d.example>
            DATA
            Subject: hello

            QUIT
            .
            QUIT
            """;

    private final ContactLog log = new ContactLog();

    @Test
    void aMessageCountsOnceItIsWhole() throws IOException {
        assertThat(serve(MAIL).lines().map(line -> line.substring(0, 3)))
                .containsExactly("220", "250", "250", "250", "354", "250", "221");
        assertThat(log.since(0)).extracting(Contact::effect).containsExactly(false, true);
        assertThat(log.since(1))
                .extracting(Contact::what)
                .containsExactly("message FROM:<a@b.example> TO:<c@d.example>");
    }

    @Test
    void withoutRecipientOrEndNothingIsTaken() throws IOException {
        assertThat(serve(MAIL.replace("RCPT TO", "RCPT XX"))).contains("500");
        serve(MAIL.replace("\n.\n", "\n..\n"));
        assertThat(log.since(0)).noneMatch(Contact::effect);
    }

    @Test
    void nothingAClientSendsIsThrownBack() throws IOException {
        Random random = new Random(25);
        for (int round = 0; round < 5_000; round++) {
            byte[] data = MAIL.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(5); change >= 0; change--) {
                data[random.nextInt(data.length)] = (byte) random.nextInt(256);
            }
            serve(new String(data, StandardCharsets.ISO_8859_1));
        }
        assertThat(log.counts()).containsOnlyKeys(Contact.Service.MAIL);
    }

    private String serve(String sent) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MailServer(log).serve(new ByteArrayInputStream(sent.getBytes(StandardCharsets.ISO_8859_1)), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
