package dev.pawl.gateway.identify;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SSH (RFC 4253, 4.2): a line {@code SSH-version-software}. It may come from either side first, and before it other lines
 * may come; then the other side has to say the same, since text that quotes such a line is no SSH.
 */
final class Ssh implements Recogniser {
    /** Read as leniently as servers do, whose readers of numbers pass over spaces and take any bytes for software. */
    private static final Pattern BANNER = Pattern.compile("(?s)SSH-[ +0]*[0-9]{1,3}\\.[ +]*[0-9]{1,3}-.*");

    private static final int LINE_LIMIT = 255;
    /** Of a line before the banner; the specification names no limit. */
    private static final int LONGEST = 1_024;

    /** @param line where it stands, -1 while none was seen; {@code open} if one may still come */
    private record Banner(int line, @Nullable String text, boolean open) {}

    @Override
    public Verdict judge(Seen seen) {
        Banner out = find(seen.out());
        Banner in = find(seen.in());
        boolean first = out.line() == 0 || in.line() == 0;
        boolean both = out.line() >= 0 && in.line() >= 0;
        if (first || both) {
            Banner peer = in.line() >= 0 ? in : out;
            return Verdict.yes(ssh(peer));
        }
        if (out.line() > 0 || in.line() > 0) {
            boolean silent = (out.line() > 0 ? seen.in() : seen.out()).isEmpty();
            Identity suspected = ssh(out.line() > 0 ? out : in).suspected();
            return silent ? Verdict.maybe(suspected) : out.open() || in.open() ? Verdict.MORE : Verdict.NO;
        }
        return out.open() || in.open() ? Verdict.MORE : Verdict.NO;
    }

    private static Identity ssh(Banner banner) {
        String text = banner.text() == null ? "" : banner.text();
        return Identity.certain("ssh")
                .dialect(text.startsWith("SSH-1.") && !text.startsWith("SSH-1.99") ? "ssh1" : "ssh2")
                .details(Details.banner(text));
    }

    private static Banner find(Bytes bytes) {
        int begin = 0;
        for (int line = 0; ; line++) {
            int feed = bytes.indexOf('\n', begin);
            int end = feed >= 0 ? feed : bytes.length();
            if (bytes.agrees(begin, "SSH-")) {
                boolean whole = feed >= 0 || end - begin > LINE_LIMIT;
                if (!whole) {
                    return new Banner(-1, null, true);
                }
                String text =
                        bytes.text(begin, Math.min(end, begin + LINE_LIMIT)).stripTrailing();
                if (BANNER.matcher(text).matches()) {
                    return new Banner(line, text, false);
                }
            }
            if (end - begin > LONGEST || !text(bytes, begin, end)) {
                return new Banner(-1, null, false);
            }
            if (feed < 0) {
                return new Banner(-1, null, true);
            }
            begin = feed + 1;
        }
    }

    /** Lines before a banner are text in UTF-8. */
    private static boolean text(Bytes bytes, int begin, int end) {
        for (int i = begin; i < end; i++) {
            int b = bytes.at(i);
            if (b < 0x20 && b != '\t' && b != '\r' && b != 0x1b) {
                return false;
            }
        }
        return true;
    }
}
