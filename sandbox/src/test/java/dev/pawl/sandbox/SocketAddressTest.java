package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SocketAddressTest {
    @Test
    void internetAddressesOfBothFamilies() {
        InetAddress four = InetAddress.ofLiteral("203.0.113.9");
        InetAddress six = InetAddress.ofLiteral("2001:db8::7");
        assertThat(SocketAddress.parse(SocketAddress.encode(SocketAddress.AF_INET, four, 443)))
                .isEqualTo(new SocketAddress.Internet(four, 443, SocketAddress.AF_INET));
        assertThat(SocketAddress.parse(SocketAddress.encode(SocketAddress.AF_INET6, six, 22)))
                .isEqualTo(new SocketAddress.Internet(six, 22, SocketAddress.AF_INET6));
    }

    @Test
    void aMappedAddressIsTheAddressItMeans() {
        InetAddress four = InetAddress.ofLiteral("169.254.169.254");
        assertThat(SocketAddress.parse(SocketAddress.encode(SocketAddress.AF_INET6, four, 80)))
                .isEqualTo(new SocketAddress.Internet(four, 80, SocketAddress.AF_INET6));
    }

    @Test
    void anyIsLoopback() {
        assertThat(SocketAddress.parse(
                        SocketAddress.encode(SocketAddress.AF_INET, InetAddress.ofLiteral("0.0.0.0"), 80)))
                .isEqualTo(new SocketAddress.Internet(InetAddress.ofLiteral("127.0.0.1"), 80, SocketAddress.AF_INET));
        assertThat(SocketAddress.parse(SocketAddress.encode(SocketAddress.AF_INET6, InetAddress.ofLiteral("::"), 80)))
                .isEqualTo(new SocketAddress.Internet(InetAddress.ofLiteral("::1"), 80, SocketAddress.AF_INET6));
    }

    @Test
    void unixNames() {
        assertThat(SocketAddress.parse(new byte[] {1, 0, '/', 'a', 0, 'b'}))
                .isEqualTo(new SocketAddress.Unix("/a", true));
        assertThat(SocketAddress.parse(new byte[] {1, 0, '/', 'a'})).isEqualTo(new SocketAddress.Unix("/a", true));
        assertThat(SocketAddress.parse(new byte[] {1, 0, 0, 'a'})).isEqualTo(new SocketAddress.Unix("", false));
        assertThat(SocketAddress.parse(new byte[] {1, 0})).isEqualTo(new SocketAddress.Unix("", false));
    }

    @Test
    void tooShortAndOtherFamilies() {
        assertThat(SocketAddress.parse(new byte[0])).isInstanceOf(SocketAddress.Unusable.class);
        assertThat(SocketAddress.parse(new byte[] {2})).isInstanceOf(SocketAddress.Unusable.class);
        assertThat(SocketAddress.parse(new byte[] {2, 0, 0, 80, 127, 0, 0})).isInstanceOf(SocketAddress.Unusable.class);
        assertThat(SocketAddress.parse(new byte[129])).isInstanceOf(SocketAddress.Unusable.class);
        byte[] packet = new byte[20];
        packet[0] = 17;
        assertThat(SocketAddress.parse(packet)).isInstanceOf(SocketAddress.Unusable.class);
        assertThat(SocketAddress.parse(new byte[16])).isInstanceOf(SocketAddress.None.class);
    }

    @Test
    void anyBytesHaveAnAnswer() {
        Random random = new Random(20261122);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = new byte[random.nextInt(140)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextBoolean()) {
                bytes[0] = (byte) random.nextInt(12);
                bytes[1] = 0;
            }
            assertThat(SocketAddress.parse(bytes)).isNotNull();
        }
    }
}
