package dev.pawl.gateway;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The addresses a run is given in place of real ones: 198.18.0.0/15 (RFC 2544, never routed) and
 * fd70:6177:6c00::/64, one of each family for a name, stable for the run. A connect to one names its host exactly.
 * Thread-safe.
 */
final class SyntheticNames {
    /** Names one run can hold, less than the 131,072 addresses of the IPv4 range. */
    static final int CAPACITY = 100_000;

    private static final int NETWORK4 = 198 << 24 | 18 << 16;
    private static final int MASK4 = 0xfffe_0000;
    private static final long NETWORK6 = 0xfd70_6177_6c00_0000L;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** The two addresses of one name. */
    record Pair(InetAddress v4, InetAddress v6) {}

    /** The addresses of {@code name}, new ones where it has none; empty when the range is used up. */
    synchronized Optional<Pair> of(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            if (names.size() == CAPACITY) {
                return Optional.empty();
            }
            names.add(name);
            number = names.size(); // from 1: the network address itself names nobody
            numbers.put(name, number);
        }
        byte[] v4 = ByteBuffer.allocate(4).putInt(NETWORK4 + number).array();
        byte[] v6 = ByteBuffer.allocate(16).putLong(NETWORK6).putLong(number).array();
        return Optional.of(new Pair(address(v4), address(v6)));
    }

    /** The name that was given this address. */
    synchronized Optional<String> nameOf(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        long number;
        if (address instanceof Inet4Address) {
            int value = bytes.getInt();
            number = (value & MASK4) == NETWORK4 ? value - NETWORK4 : 0;
        } else {
            number = bytes.getLong() == NETWORK6 ? bytes.getLong() : 0;
        }
        return number < 1 || number > names.size() ? Optional.empty() : Optional.of(names.get((int) number - 1));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
