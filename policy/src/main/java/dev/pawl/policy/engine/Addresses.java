package dev.pawl.policy.engine;

import dev.pawl.policy.cedar.Value;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Addresses as values of the language and as text. */
final class Addresses {
    private Addresses() {}

    static Value.Ip ip(InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == 4
                ? new Value.Ip(false, 0, Integer.toUnsignedLong(buffer.getInt()), 32)
                : new Value.Ip(true, buffer.getLong(), buffer.getLong(), 128);
    }

    /** Without the zone of a link-local address, which no rule knows. */
    static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    static String withPort(String host, int port) {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
