package dev.pawl.sandbox;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A {@code struct sockaddr} as bytes, read by value from an agent or made for the kernel. */
sealed interface SocketAddress {
    int AF_UNSPEC = 0;
    int AF_UNIX = 1;
    int AF_INET = 2;
    int AF_INET6 = 10;
    /** The longest the kernel takes, {@code sizeof(struct sockaddr_storage)}. */
    int MAX_LENGTH = 128;

    /** IPv4 or IPv6; {@code family} is that of the bytes: an IPv4 address may come in IPv6 clothes. */
    record Internet(InetAddress address, int port, int family) implements SocketAddress {}

    /** A unix socket: a path, or with {@code named} false an abstract or empty name. */
    record Unix(String path, boolean named) implements SocketAddress {}

    /** AF_UNSPEC: dissolves an association. */
    record None() implements SocketAddress {}

    /** Too short, too long, or of a family no agent may use. */
    record Unusable() implements SocketAddress {}

    static SocketAddress parse(byte[] bytes) {
        if (bytes.length < 2 || bytes.length > MAX_LENGTH) {
            return new Unusable();
        }
        int family = (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8;
        return switch (family) {
            case AF_UNSPEC -> new None();
            case AF_UNIX -> unix(bytes);
            case AF_INET ->
                bytes.length < 16 ? new Unusable() : internet(Arrays.copyOfRange(bytes, 4, 8), bytes, family);
            case AF_INET6 ->
                bytes.length < 24 ? new Unusable() : internet(Arrays.copyOfRange(bytes, 8, 24), bytes, family);
            default -> new Unusable();
        };
    }

    /** The address as a socket of the given family wants it: an IPv6 socket gets IPv4 addresses mapped. */
    static byte[] encode(int family, InetAddress address, int port) {
        byte[] raw = address.getAddress();
        byte[] bytes = new byte[family == AF_INET ? 16 : 28];
        bytes[0] = (byte) family;
        bytes[2] = (byte) (port >> 8);
        bytes[3] = (byte) port;
        if (family == AF_INET) {
            System.arraycopy(raw, 0, bytes, 4, 4);
        } else if (raw.length == 4) {
            bytes[18] = (byte) 0xff;
            bytes[19] = (byte) 0xff;
            System.arraycopy(raw, 0, bytes, 20, 4);
        } else {
            System.arraycopy(raw, 0, bytes, 8, 16);
        }
        return bytes;
    }

    /** The kernel's own answer (getsockname) as Java has it. */
    static InetSocketAddress inet(byte[] bytes) {
        return parse(bytes) instanceof Internet internet
                ? new InetSocketAddress(internet.address, internet.port)
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static SocketAddress unix(byte[] bytes) {
        if (bytes.length == 2 || bytes[2] == 0) {
            return new Unix("", false);
        }
        int end = 2;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new Unix(new String(bytes, 2, end - 2, StandardCharsets.UTF_8), true);
    }

    private static SocketAddress internet(byte[] address, byte[] bytes, int family) {
        int port = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
        try {
            // Java turns a mapped address into the IPv4 address it means.
            InetAddress parsed = InetAddress.getByAddress(address);
            if (parsed.isAnyLocalAddress()) {
                // To connect to "any" is to connect to loopback (ip(7)).
                parsed = Namespace.loopback(parsed);
            }
            return new Internet(parsed, port, family);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
