package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Cidr;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyntheticNamesTest {
    @Test
    void everyNameHasItsOwnAddressesUntilTheRangeIsUsedUp() {
        SyntheticNames names = new SyntheticNames();
        Cidr range4 = Cidr.parse("198.18.0.0/15");
        Cidr range6 = Cidr.parse("fd70:6177:6c00::/64");
        Set<InetAddress> seen = new HashSet<>();
        for (int i = 0; i < SyntheticNames.CAPACITY; i++) {
            SyntheticNames.Pair pair = names.of("n" + i).orElseThrow();
            assertThat(seen.add(pair.v4()) && seen.add(pair.v6())).isTrue();
            assertThat(range4.contains(pair.v4()) && range6.contains(pair.v6())).isTrue();
        }
        assertThat(names.of("one.more")).isEmpty();
        SyntheticNames.Pair last = names.of("n99999").orElseThrow();
        assertThat(names.nameOf(last.v4())).hasValue("n99999");
        assertThat(names.nameOf(last.v6())).hasValue("n99999");
    }

    @Test
    void addressesNobodyWasGivenNameNobody() {
        SyntheticNames names = new SyntheticNames();
        names.of("only.example");
        for (String address : new String[] {
            "198.18.0.0",
            "198.18.0.2",
            "198.19.255.255",
            "198.17.255.255",
            "127.0.0.1",
            "::1",
            "fd70:6177:6c00::",
            "fd70:6177:6c00::2",
            "fd70:6177:6c00:0:8000::1",
            "fd70:6177:6c00:1::1"
        }) {
            assertThat(names.nameOf(InetAddress.ofLiteral(address))).as(address).isEmpty();
        }
    }
}
