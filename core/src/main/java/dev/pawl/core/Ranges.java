package dev.pawl.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names the address ranges that are not the open Internet (IANA special-purpose registries, RFC 6890), so that an
 * agent with a grant for a public name is not led into the machine or the network around it.
 *
 * <p>Documentation ranges (192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32) are ordinary addresses here.
 * An IPv6 address that carries an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) counts as that address.
 */
public final class Ranges {
    /** Read in order: the first range that holds an address names it, so exceptions stand before what they lie in. */
    private static final Map<String, List<Cidr>> SPECIAL = special();

    private static final Cidr MAPPED = Cidr.parse("::/80");
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
    private static final Cidr TEREDO = Cidr.parse("2001::/32");

    private Ranges() {}

    /**
     * What kind of special address this is: {@code private}, {@code loopback}, {@code link-local}, {@code metadata}
     * (where clouds hand credentials to machines), {@code unspecified}, {@code multicast}, {@code shared} (RFC 6598) or
     * {@code benchmark} (RFC 2544, also the addresses Pawl makes up for names); empty for an ordinary address.
     */
    public static Optional<String> special(InetAddress address) {
        InetAddress plain = plain(address);
        Optional<String> own = named(plain);
        if (own.isPresent()) {
            return own;
        }
        for (InetAddress inner : carried(plain)) {
            Optional<String> kind = named(inner);
            if (kind.isPresent()) {
                return kind;
            }
        }
        return Optional.empty();
    }

    /**
     * The IPv4 addresses that an IPv6 address carries and a network may lead it to (compatible, NAT64, 6to4, Teredo);
     * none for an IPv4 address, and none for a mapped one, which {@link #plain} makes the address itself.
     */
    public static List<InetAddress> carried(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return List.of();
        }
        if (NAT64.contains(address)) {
            return List.of(embedded(bytes, 12, 0));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return List.of(embedded(bytes, 2, 0));
        }
        if (TEREDO.contains(address)) {
            // RFC 4380 section 4: the server in the clear, the client's address with every bit flipped.
            return List.of(embedded(bytes, 12, 0xff), embedded(bytes, 4, 0));
        }
        // The compatible form ::a.b.c.d of RFC 4291 section 2.5.5.1; :: and ::1 are addresses of their own.
        boolean compatible = MAPPED.contains(address)
                && bytes[10] == 0
                && bytes[11] == 0
                && named(address).isEmpty();
        return compatible ? List.of(embedded(bytes, 12, 0)) : List.of();
    }

    /** The IPv4 address inside an IPv4-mapped IPv6 address, which is what the kernel dials; any other unchanged. */
    public static InetAddress plain(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean mapped =
                bytes.length == 16 && MAPPED.contains(address) && bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
        return mapped ? embedded(bytes, 12, 0) : address;
    }

    private static Optional<String> named(InetAddress address) {
        for (Map.Entry<String, List<Cidr>> entry : SPECIAL.entrySet()) {
            for (Cidr range : entry.getValue()) {
                if (range.contains(address)) {
                    return Optional.of(entry.getKey());
                }
            }
        }
        return Optional.empty();
    }

    private static InetAddress embedded(byte[] bytes, int from, int flip) {
        byte[] four = Arrays.copyOfRange(bytes, from, from + 4);
        for (int i = 0; i < four.length; i++) {
            four[i] ^= (byte) flip;
        }
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv4 address has 4 bytes", e);
        }
    }

    private static Map<String, List<Cidr>> special() {
        Map<String, List<Cidr>> ranges = new LinkedHashMap<>();
        // Instance and container credentials at AWS (also GCP, Azure), Alibaba, Oracle, Azure's host agent; IPv6 twins.
        ranges.put(
                "metadata",
                ranges(
                        "169.254.169.254",
                        "169.254.170.2",
                        "169.254.170.23",
                        "100.100.100.200",
                        "192.0.0.192",
                        "168.63.129.16",
                        "fd00:ec2::254",
                        "fd00:ec2::23",
                        "fd20:ce::254"));
        ranges.put("loopback", ranges("127.0.0.0/8", "::1"));
        ranges.put("unspecified", ranges("0.0.0.0/8", "::"));
        ranges.put("link-local", ranges("169.254.0.0/16", "fe80::/10"));
        ranges.put("shared", ranges("100.64.0.0/10"));
        ranges.put("benchmark", ranges("198.18.0.0/15", "2001:2::/48"));
        ranges.put("multicast", ranges("224.0.0.0/4", "255.255.255.255", "ff00::/8"));
        // Beside RFC 1918 and ULA: protocol assignments, the former class E that some networks use inside, the
        // former site-local range, and the NAT64 prefix for local use (RFC 8215), whose layout only its network knows.
        ranges.put(
                "private",
                ranges(
                        "10.0.0.0/8",
                        "172.16.0.0/12",
                        "192.168.0.0/16",
                        "192.0.0.0/24",
                        "240.0.0.0/4",
                        "fc00::/7",
                        "fec0::/10",
                        "64:ff9b:1::/48"));
        return ranges;
    }

    private static List<Cidr> ranges(String... texts) {
        return Arrays.stream(texts).map(Cidr::parse).toList();
    }
}
