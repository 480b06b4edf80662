package dev.pawl.sandbox.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrdersTest {
    @Test
    void arriveAsTheyWereSent() throws IOException {
        Orders orders = new Orders(
                List.of("sh", "-c", "echo \"ä\n\u0001\"", ""),
                List.of("A=b", "EMPTY="),
                "/work dir",
                List.of(new Orders.SmallFile("/home/x/.env", 0600, "S=1\n")),
                List.of(true, false, true),
                24,
                80,
                List.of(new Orders.Limit(6, 400), new Orders.Limit(4, 0)),
                Optional.of(new Orders.Programs(List.of("/usr/bin/cat"), List.of("/usr/bin"), List.of())));
        assertThat(Orders.decode(orders.encode())).isEqualTo(orders);
        assertThat(orders.wantsTerminal()).isTrue();
    }
}
