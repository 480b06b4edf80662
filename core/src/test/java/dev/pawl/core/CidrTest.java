package dev.pawl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "10.0.0.0/9, 10.127.255.255, 10.128.0.0",
        "192.0.2.4/31, 192.0.2.5, 192.0.2.6",
        "192.0.2.4, 192.0.2.4, 192.0.2.5",
        "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
        "2001:db8::1, 2001:db8::1, 2001:db8::2",
    })
    void endsWhereItsPrefixSays(String range, String inside, String outside) {
        Cidr cidr = Cidr.parse(range);
        assertThat(cidr.contains(InetAddress.ofLiteral(inside))).isTrue();
        assertThat(cidr.contains(InetAddress.ofLiteral(outside))).isFalse();
    }

    @Test
    void prefixZeroIsTheWholeFamilyAndNotTheOther() {
        assertThat(Cidr.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("255.255.255.255")))
                .isTrue();
        assertThat(Cidr.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("::1")))
                .isFalse();
        assertThat(Cidr.parse("::/0").contains(InetAddress.ofLiteral("10.0.0.1")))
                .isFalse();
    }

    @Test
    void hostBitsShowTheRightSpelling() {
        assertThatThrownBy(() -> Cidr.parse("10.1.2.3/8")).hasMessageContaining("write 10.0.0.0/8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/", "10.0.0.0/x", "box.example/8", "", "/8"})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
