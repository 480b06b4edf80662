package dev.pawl.gateway.identify;

/** bore: messages of JSON that end with a zero byte, the first of them a greeting or a challenge. */
final class Bore implements Recogniser {
    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        int end = out.indexOf(0, 0);
        if (end < 0) {
            boolean open = out.length() < Details.LIMIT && (out.isEmpty() || out.at(0) == '{' || out.at(0) == '"');
            return open ? Verdict.MORE : Verdict.NO;
        }
        boolean message = out.text(0, end)
                .matches(
                        "\\{\\s*\"(Hello\"\\s*:\\s*[0-9]{1,5}|(Accept|Authenticate)\"\\s*:\\s*\"[0-9A-Fa-f-]{16,128}\")\\s*\\}");
        return message ? Verdict.yes(Identity.certain("bore")) : Verdict.NO;
    }
}
