package dev.pawl.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, private",
        "10.255.255.255, private",
        "172.16.0.0, private",
        "172.31.255.255, private",
        "192.168.0.1, private",
        "240.0.0.1, private",
        "fc00::1, private",
        "fdff::1, private",
        "fec0::1, private",
        "64:ff9b:1::a00:1, private",
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "::1, loopback",
        "169.254.0.1, link-local",
        "fe80::1, link-local",
        "febf::1, link-local",
        "169.254.169.254, metadata",
        "100.100.100.200, metadata",
        "fd00:ec2::254, metadata",
        "0.0.0.0, unspecified",
        "0.1.2.3, unspecified",
        "::, unspecified",
        "224.0.0.1, multicast",
        "255.255.255.255, multicast",
        "ff02::1, multicast",
        "100.64.0.0, shared",
        "100.127.255.255, shared",
        "198.18.0.0, benchmark",
        "198.19.255.255, benchmark",
    })
    void namesWhatIsNotTheOpenInternet(String address, String kind) {
        assertThat(Ranges.special(InetAddress.ofLiteral(address))).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "1.0.0.0",
                "223.255.255.255",
                "169.253.255.255",
                "169.255.0.0",
                "192.0.2.1",
                "198.51.100.1",
                "203.0.113.9",
                "2001:db8::1",
                "2606:4700::1111",
                "fbff::1",
                "fe00::1",
                "::1:0:0"
            })
    void leavesOrdinaryAddressesUnnamed(String address) {
        assertThat(Ranges.special(InetAddress.ofLiteral(address))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "64:ff9b::7f00:1, loopback",
        "64:ff9b::a9fe:a9fe, metadata",
        "2002:a00:1::, private",
        "2002:7f00:1::5, loopback",
        "2001:0:a00:1:0:0:34ff:8ef6, private",
        "2001:0:cb00:7109:0:0:f5ff:fffe, private",
        "::7f00:1, loopback",
        "::a00:1, private",
    })
    void looksThroughAddressesThatCarryAnother(String address, String kind) {
        assertThat(Ranges.special(InetAddress.ofLiteral(address))).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64:ff9b::cb00:7109", "2002:cb00:7109::1", "2001:0:cb00:7109:0:0:34ff:8ef6", "::cb00:7109"})
    void carryingAPublicAddressIsOrdinary(String address) {
        assertThat(Ranges.special(InetAddress.ofLiteral(address))).isEmpty();
    }

    @Test
    void aMappedAddressIsTheAddressInsideEvenWhereJavaKeptItLong() throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        bytes[12] = 10;
        bytes[15] = 1;
        Inet6Address mapped = Inet6Address.getByAddress(null, bytes, -1);
        assertThat(mapped.getAddress()).hasSize(16);
        assertThat(Ranges.plain(mapped)).isEqualTo(InetAddress.ofLiteral("10.0.0.1"));
        assertThat(Ranges.special(mapped)).contains("private");
    }
}
