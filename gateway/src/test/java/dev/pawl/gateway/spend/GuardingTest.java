package dev.pawl.gateway.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.inspect.Ruling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of bodies while they are looked at is bounded, and given back. */
class GuardingTest {
    private static final String HOST = "api.stripe.com";
    private static final Recogniser RECOGNISER = new Recogniser(PriceList.known());
    private static final ByteBuf MEGABYTE = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[1 << 20]));

    private final SpendDesk desk = new SpendDesk();

    private Guarding guarding() {
        Guarding guarding = new Guarding(RECOGNISER, HOST, Catalogue.known().at(HOST), desk);
        Head head = new Head("POST", "https", HOST, "/v1/charges", List.of());
        assertThat(guarding.head(head)).isEqualTo(new Ruling.Gather(head));
        assertThat(guarding.asks()).isTrue();
        return guarding;
    }

    private static void isRefused(Ruling ruling) {
        assertThat(ruling).isInstanceOfSatisfying(Ruling.Refuse.class, refusal -> {
            assertThat(refusal.decision().rule()).isEqualTo(Guarding.UNCLEAR);
            assertThat(refusal.decision().boundary()).isEqualTo("no-spending");
            assertThat(refusal.status()).isEqualTo(403);
        });
    }

    @Test
    void oneRequestHasAnEnd() {
        Guarding guarding = guarding();
        for (int i = 0; i < 8; i++) {
            assertThat(guarding.body(MEGABYTE, false)).isEqualTo(new Ruling.Forward(1 << 20));
        }
        isRefused(guarding.body(Unpooled.wrappedBuffer(new byte[1]), true));
        guarding.over();
    }

    @Test
    void allOfARunHaveAnEndAndGiveBack() {
        List<Guarding> all = IntStream.range(0, 8)
                .mapToObj(_ -> {
                    Guarding each = guarding();
                    for (int i = 0; i < 8; i++) {
                        each.body(MEGABYTE, false);
                    }
                    return each;
                })
                .toList();
        Guarding late = guarding();
        isRefused(late.body(MEGABYTE, false));
        all.getFirst().over();
        assertThat(guarding().body(MEGABYTE, false)).isEqualTo(new Ruling.Forward(1 << 20));
    }

    @Test
    void anUpgradeWhereMoneyIsSpentIsRefusedAndElsewhereNot() {
        Head pays = new Head(
                "POST",
                "https",
                HOST,
                "/v1/charges",
                List.of(new Header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")));
        isRefused(new Guarding(RECOGNISER, HOST, Catalogue.known().at(HOST), desk).head(pays));
        Head looks = new Head("GET", "https", HOST, "/v1/charges", pays.headers());
        assertThat(new Guarding(RECOGNISER, HOST, Catalogue.known().at(HOST), desk).head(looks))
                .isEqualTo(new Ruling.Pass(looks));
    }
}
