package dev.pawl.gateway.identify;

import java.util.regex.Pattern;

/**
 * A plain shell, handed out or reached: a prompt or the complaint about a missing terminal on one side, or commands on one
 * and their answers on the other.
 */
final class Shell implements Recogniser {
    private static final int ENOUGH = 400;

    private static final Pattern CERTAIN = Pattern.compile("(?s)(\\e\\[[0-9;?]*[a-zA-Z]|\\e\\][^\\a]*\\a|\\s)*("
            + "[a-z/]*sh: (cannot set terminal process group|no job control|[0-9]+: can't access tty|0: can't access tty).*"
            + "|(sh|bash|ash|dash|zsh|ksh)(-[0-9][0-9.]*[a-z]?)?[$#] .*"
            + "|[a-z_][a-z0-9_-]{0,31}@[A-Za-z0-9._-]{1,64}:[~/][^\\n]{0,200}[$#] .*"
            + "|\\[[a-z_][a-z0-9_-]{0,31}@[A-Za-z0-9._-]{1,64} [^\\n\\]]{1,200}\\][$#] .*"
            + "|Microsoft Windows \\[Version .*"
            + "|PS [A-Z]:\\\\[^\\n]{0,200}> ?.*"
            + ")");
    private static final Pattern PROMPT = Pattern.compile("(?s)(\\e\\[[0-9;?]*[a-zA-Z]|\\s)*[$#%>] ?.*");
    private static final Pattern COMMAND = Pattern.compile(
            "(?s)\\s*(id|whoami|uname|pwd|ls|hostname|ps|cat|echo|cd|export|stty|script|python3?|ifconfig|ip|w|env|sudo|curl|wget|find"
                    + "|netstat|ss|df|exit|which|dir|ver|systeminfo|ipconfig)( [^\\n]{0,300})?[;&|]?[^\\n]{0,300}\\r?\\n.*");
    private static final Pattern ANSWER = Pattern.compile(
            "(?s).{0,300}?(uid=[0-9]+\\([a-z_][a-z0-9_-]*\\) gid=[0-9]+|Linux [A-Za-z0-9._-]+ [2-9]\\.[0-9]+\\.[0-9]+).*");

    /** Two lines or more that begin with commands, and what only a shell understands in one of them. */
    private static final Pattern SCRIPT =
            Pattern.compile("(?s)(?=[^\\n]*\\n.)(?=.{0,300}?( && | \\|\\| | \\| |\\$[A-Z_]{2,}|2>&1)).*");

    @Override
    public Verdict judge(Seen seen) {
        String out = text(seen.out());
        String in = text(seen.in());
        if (CERTAIN.matcher(out).matches() || CERTAIN.matcher(in).matches()) {
            return Verdict.yes(Identity.certain("shell"));
        }
        if (pair(out, in) || pair(in, out)) {
            return Verdict.yes(Identity.certain("shell"));
        }
        boolean open = (out.length() < ENOUGH && out.length() == seen.out().length())
                || (in.length() < ENOUGH && in.length() == seen.in().length());
        return open ? Verdict.MORE : Verdict.NO;
    }

    private static boolean pair(String shell, String hand) {
        return COMMAND.matcher(hand).matches()
                && (PROMPT.matcher(shell).matches()
                        || ANSWER.matcher(shell).matches()
                        || echoed(shell, hand)
                        || scripted(shell, hand));
    }

    /** A terminal repeats the command and makes two characters of its line feed; no service of lines does. */
    private static boolean echoed(String shell, String hand) {
        int feed = hand.indexOf('\n');
        return feed > 0 && hand.charAt(feed - 1) != '\r' && shell.startsWith(hand.substring(0, feed) + "\r\n");
    }

    private static boolean scripted(String shell, String hand) {
        if (shell.indexOf('\n') <= 0 || !SCRIPT.matcher(hand).matches()) {
            return false;
        }
        int second = hand.indexOf('\n') + 1;
        return COMMAND.matcher(hand.substring(second)).matches();
    }

    /** What of its beginning is text. */
    private static String text(Bytes bytes) {
        int length = Math.min(bytes.length(), ENOUGH);
        for (int i = 0; i < length; i++) {
            int b = bytes.at(i);
            if (b < 0x20 && b != '\r' && b != '\n' && b != '\t' && b != 0x1b && b != 7 && b != 8) {
                return bytes.text(0, i);
            }
        }
        return bytes.text(0, length);
    }
}
