package dev.pawl.policy.cedar;

/** Addresses as text, exactly as Cedar's {@code ip} reads them; no name is ever looked up. */
final class IpText {
    /** The length of eight full groups and a prefix of three digits. */
    private static final int LONGEST = 43;

    private static final int GROUPS = 8;

    private IpText() {}

    static Value.Ip read(String text) {
        if (text.length() > LONGEST) {
            throw wrong(text, "too long");
        }
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean version6 = address.indexOf(':') >= 0;
        int full = version6 ? 128 : 32;
        int prefix = slash < 0 ? full : prefix(text, text.substring(slash + 1), full);
        if (version6) {
            int[] groups = groups(text, address);
            return new Value.Ip(true, half(groups, 0), half(groups, 4), prefix);
        }
        return new Value.Ip(false, 0, version4(text, address), prefix);
    }

    private static CannotEvaluate wrong(String text, String why) {
        return new CannotEvaluate("ip(" + Shown.shorten(text) + "): " + why);
    }

    private static int prefix(String text, String digits, int full) {
        int prefix = digits.length() <= 3 ? decimal(digits) : -1;
        if (prefix < 0 || prefix > full) {
            throw wrong(text, "the prefix is no number from 0 to " + full);
        }
        return prefix;
    }

    /** A number of ASCII digits without leading zeros, or -1. */
    private static int decimal(String digits) {
        if (digits.isEmpty() || (digits.length() > 1 && digits.charAt(0) == '0')) {
            return -1;
        }
        int number = 0;
        for (int at = 0; at < digits.length(); at++) {
            char digit = digits.charAt(at);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + (digit - '0');
        }
        return number;
    }

    private static long version4(String text, String address) {
        long bits = 0;
        int start = 0;
        for (int octet = 0; octet < 4; octet++) {
            int dot = address.indexOf('.', start);
            int end = octet == 3 ? address.length() : dot;
            int number = end < start || end - start > 3 ? -1 : decimal(address.substring(start, end));
            if (number < 0 || number > 255) {
                throw wrong(text, "not an address");
            }
            bits = bits << 8 | number;
            start = end + 1;
        }
        return bits;
    }

    /** The eight groups; {@code ::} stands for at least one group of zeros. */
    private static int[] groups(String text, String address) {
        int gap = address.indexOf("::");
        if (gap < 0) {
            int[] groups = plain(text, address);
            if (groups.length != GROUPS) {
                throw wrong(text, "not an address");
            }
            return groups;
        }
        int[] head = plain(text, address.substring(0, gap));
        int[] tail = plain(text, address.substring(gap + 2));
        if (head.length + tail.length >= GROUPS) {
            throw wrong(text, "not an address");
        }
        int[] groups = new int[GROUPS];
        System.arraycopy(head, 0, groups, 0, head.length);
        System.arraycopy(tail, 0, groups, GROUPS - tail.length, tail.length);
        return groups;
    }

    private static int[] plain(String text, String part) {
        if (part.isEmpty()) {
            return new int[0];
        }
        String[] words = part.split(":", -1);
        int[] groups = new int[words.length];
        for (int at = 0; at < words.length; at++) {
            groups[at] = hexadecimal(text, words[at]);
        }
        return groups;
    }

    private static int hexadecimal(String text, String word) {
        int number = 0;
        for (int at = 0; at < word.length(); at++) {
            char character = word.charAt(at);
            int digit = character < 128 ? Character.digit(character, 16) : -1;
            if (digit < 0) {
                throw wrong(text, "not an address");
            }
            number = number << 4 | digit;
        }
        if (word.isEmpty() || word.length() > 4) {
            throw wrong(text, "not an address");
        }
        return number;
    }

    private static long half(int[] groups, int from) {
        return (long) groups[from] << 48
                | (long) groups[from + 1] << 32
                | (long) groups[from + 2] << 16
                | groups[from + 3];
    }

    static String write(Value.Ip ip) {
        StringBuilder out = new StringBuilder(LONGEST);
        if (ip.version6()) {
            for (int group = 0; group < GROUPS; group++) {
                long half = group < 4 ? ip.high() : ip.low();
                out.append(group == 0 ? "" : ":").append(Long.toHexString((half >>> (48 - 16 * (group % 4))) & 0xffff));
            }
        } else {
            for (int shift = 24; shift >= 0; shift -= 8) {
                out.append(ip.low() >>> shift & 0xff).append(shift == 0 ? "" : ".");
            }
        }
        return out.append('/').append(ip.prefix()).toString();
    }
}
