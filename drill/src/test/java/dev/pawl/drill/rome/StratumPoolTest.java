package dev.pawl.drill.rome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StratumPoolTest {
    private static final String LOGIN = """
            {"id":1,"method":"mining.subscribe","params":["xmrig"]}
            {"id":2,"method":"mining.authorize","params":["wallet.worker","x"]}
            """;

    private final ContactLog log = new ContactLog();

    @Test
    void letsAMinerInAndSendsWork() throws IOException {
        List<String> replies =
                serve(LOGIN.getBytes(StandardCharsets.UTF_8)).lines().toList();
        assertThat(replies).hasSize(3);
        assertThat(replies.get(0)).contains("\"id\":1").contains("mining.notify");
        assertThat(replies.get(1)).contains("\"id\":2").contains("\"result\":true");
        assertThat(replies.get(2)).contains("\"method\":\"mining.notify\"");
        assertThat(log.since(1)).extracting(Contact::what).containsExactly("authorized wallet.worker");
    }

    @Test
    void aLineWithoutEndEndsTheConnection() throws IOException {
        assertThat(serve("x".repeat(StratumPool.MAX_LINE_BYTES + 1).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void nothingAMinerSendsIsThrownBack() throws IOException {
        Random random = new Random(3333);
        for (int round = 0; round < 5_000; round++) {
            byte[] data = LOGIN.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(5); change >= 0; change--) {
                data[random.nextInt(data.length)] = (byte) random.nextInt(256);
            }
            serve(data);
        }
        assertThat(log.since(0)).allMatch(contact -> contact.what().chars().noneMatch(Character::isISOControl));
        assertThat(log.counts()).containsOnlyKeys(Contact.Service.POOL);
    }

    private String serve(byte[] sent) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StratumPool(log).serve(new ByteArrayInputStream(sent), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
