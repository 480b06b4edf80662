package dev.pawl.policy.review;

import dev.pawl.core.Cidr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Addresses that stand for all addresses, given the ranges rules speak of: between two neighbouring ends of ranges all
 * addresses lie alike to every range, so the first of each stretch is enough.
 */
final class AddressPoints {
    /** Where the meaning of addresses changes by itself ({@link dev.pawl.core.Ranges}), and some ordinary ones. */
    private static final List<Cidr> GIVEN = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "100.100.100.200",
                    "127.0.0.0/8",
                    "168.63.129.16",
                    "169.254.0.0/16",
                    "169.254.169.254",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "203.0.113.7",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::",
                    "::1",
                    "::a00:1",
                    "64:ff9b::a00:1",
                    "64:ff9b::cb00:7107",
                    "64:ff9b:1::/48",
                    "2001:0:cb00:7107::f5ff:fffe",
                    "2001:0:cb00:7107::34ff:8ef8",
                    "2001:2::/48",
                    "2001:db8::7",
                    "2002:a00:1::1",
                    "2002:cb00:7107::1",
                    "fc00::/7",
                    "fd00:ec2::254",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(Cidr::parse)
            .toList();

    private static final byte[] NAT64 = HexFormat.of().parseHex("0064ff9b0000000000000000");
    private static final byte[] SIX_TO_FOUR = HexFormat.of().parseHex("2002");
    private static final byte[] COMPATIBLE = new byte[12];
    private static final byte[] TEREDO = HexFormat.of().parseHex("20010000");
    private static final byte[] TEREDO_CLIENT = HexFormat.of().parseHex("20010000cb00710700000000");

    private AddressPoints() {}

    /** The ranges of IPv6 in which an address carries one of this IPv4 range; some of Teredo's, which has too many. */
    static List<Cidr> carrying(Cidr range) {
        byte[] four = range.network().getAddress();
        if (four.length != 4) {
            return List.of();
        }
        byte[] flipped = four.clone();
        for (int i = 0; i < 4; i++) {
            int bits = Math.clamp(range.prefix() - i * 8L, 0, 8);
            flipped[i] ^= (byte) (0xff << (8 - bits));
        }
        return List.of(
                behind(NAT64, four, range.prefix()),
                behind(SIX_TO_FOUR, four, range.prefix()),
                behind(COMPATIBLE, four, range.prefix()),
                behind(TEREDO, four, range.prefix()),
                behind(TEREDO_CLIENT, flipped, range.prefix()));
    }

    private static Cidr behind(byte[] start, byte[] four, int prefix) {
        byte[] bytes = Arrays.copyOf(start, 16);
        System.arraycopy(four, 0, bytes, start.length, 4);
        return new Cidr(address(new BigInteger(1, bytes), 16), start.length * 8 + prefix);
    }

    static Set<InetAddress> of(Collection<Cidr> ranges) {
        TreeSet<BigInteger> four = new TreeSet<>(List.of(BigInteger.ZERO));
        TreeSet<BigInteger> six = new TreeSet<>(List.of(BigInteger.ZERO));
        Stream.concat(ranges.stream(), GIVEN.stream()).forEach(range -> {
            byte[] bytes = range.network().getAddress();
            BigInteger first = new BigInteger(1, bytes);
            BigInteger next = first.add(BigInteger.ONE.shiftLeft(bytes.length * 8 - range.prefix()));
            TreeSet<BigInteger> starts = bytes.length == 4 ? four : six;
            starts.add(first);
            if (next.bitLength() <= bytes.length * 8) {
                starts.add(next);
            }
        });
        Set<InetAddress> points = new LinkedHashSet<>();
        four.forEach(start -> points.add(address(start, 4)));
        six.forEach(start -> points.add(address(start, 16)));
        return points;
    }

    private static InetAddress address(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        byte[] digits = number.toByteArray();
        int count = Math.min(digits.length, length);
        System.arraycopy(digits, digits.length - count, bytes, length - count, count);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
