package dev.pawl.detect.sigma.logic;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** A range of addresses. */
public record Network(InetAddress base, int prefix) {
    private static final int LONGEST_ADDRESS = 45;

    /** Reads {@code 10.0.0.0/8}, {@code fe80::/10} or a single address. */
    static Optional<Network> read(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> base = address(slash < 0 ? text : text.substring(0, slash));
        if (base.isEmpty()) {
            return Optional.empty();
        }
        int bits = base.get().getAddress().length * 8;
        String length = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
            return Optional.empty();
        }
        return Optional.of(new Network(base.get(), Integer.parseInt(length)));
    }

    /** Reads an address without asking anybody; whatever else the text is, it is no address. */
    public static Optional<InetAddress> address(String text) {
        if (text.isEmpty() || text.length() > LONGEST_ADDRESS || !looksLikeAddress(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean looksLikeAddress(String text) {
        boolean four = true;
        boolean colon = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((Character.digit(c, 16) < 0 && c != '.' && c != ':') || c >= 128) {
                return false;
            }
            four &= c == '.' || (c >= '0' && c <= '9');
            colon |= c == ':';
        }
        return colon || (four && text.chars().filter(c -> c == '.').count() == 3);
    }

    /** Whether the address lies in this range. */
    public boolean contains(InetAddress address) {
        byte[] one = base.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        int whole = prefix / 8;
        int rest = prefix % 8;
        return Arrays.equals(one, 0, whole, other, 0, whole)
                && (rest == 0 || ((one[whole] ^ other[whole]) & 0xff) >>> (8 - rest) == 0);
    }
}
