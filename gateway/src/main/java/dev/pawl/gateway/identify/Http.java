package dev.pawl.gateway.identify;

import dev.pawl.gateway.identify.StratumWords.Meaning;
import dev.pawl.gateway.identify.StratumWords.Weight;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1 (RFC 9112) and HTTP/2 with prior knowledge (RFC 9113, 3.3), and what hides in it: mining in bodies and behind
 * CONNECT. Requests are listened to as long as bytes are looked at. What a WebSocket or a tunnel
 * carries is left to {@link Upgraded}.
 */
final class Http implements Recogniser {
    private static final Pattern VERSION = Pattern.compile("HTTP/[01]\\.[0-9]");

    private static final Pattern UPGRADE = Pattern.compile("[a-z0-9._-]{1,40}");

    private final HttpRequests requests = new HttpRequests();
    private @Nullable Upgraded upgraded;
    private boolean versioned;
    private @Nullable Identity known;
    private @Nullable HttpHead told;
    private final HttpAnswers answers = new HttpAnswers();
    /** Where the body of the first answer begins, -1 while that is not known. */
    private int answered = -1;

    private @Nullable HttpHead granted;

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.isEmpty()) {
            return response(seen.in());
        }
        return switch (HttpOpening.of(out)) {
            case MORE -> Verdict.MORE;
            case HTTP_2 ->
                out.starts("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                        ? Verdict.yes(Identity.certain("http").dialect("h2").opened())
                        : out.agrees("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") ? Verdict.MORE : Verdict.NO;
            case OTHER -> response(out);
            case HTTP_1 -> requests(seen);
        };
    }

    /** A capture may begin with an answer. */
    private static Verdict response(Bytes bytes) {
        if (bytes.length() >= 13 && bytes.starts("HTTP/1.")) {
            boolean status = bytes.at(8) == ' ' && bytes.at(9) >= '1' && bytes.at(9) <= '5';
            return status ? Verdict.yes(Identity.certain("http")) : Verdict.NO;
        }
        return bytes.agrees("HTTP/1.") ? Verdict.MORE : Verdict.NO;
    }

    /** Whether a whole request line stands at the beginning. */
    static HttpOpening line(Bytes out) {
        HttpOpening opening = HttpOpening.of(out);
        if (opening != HttpOpening.HTTP_1) {
            return opening;
        }
        int feed = out.indexOf('\n', 0);
        if (feed < 0) {
            return HttpOpening.MORE;
        }
        return versioned(out.text(0, feed)) ? HttpOpening.HTTP_1 : HttpOpening.OTHER;
    }

    private Verdict requests(Seen seen) {
        if (!versioned) {
            HttpOpening opening = line(seen.out());
            if (opening != HttpOpening.HTTP_1) {
                return opening == HttpOpening.MORE ? Verdict.MORE : Verdict.NO;
            }
            versioned = true;
        }
        requests.hear(seen.out());
        settleHandovers(seen);
        // A server that answers in another way may have been told another thing, so the others are asked as well.
        boolean answered = seen.in().isEmpty() || seen.in().agrees("HTTP/1.");
        return switch (heard(seen)) {
            case Verdict.Maybe(Identity identity) when answered -> new Verdict.Surely(identity);
            case Verdict verdict -> verdict;
        };
    }

    /** Each request that asks for something else, until the server grants one; an answer to another says nothing of it. */
    private void settleHandovers(Seen seen) {
        for (HttpHead handover = requests.handover(); handover != null; handover = requests.handover()) {
            HttpHead answer = answers.answer(seen.in(), requests.number(), requests.bodiless());
            if (answer == null || Upgraded.granted(handover, answer)) {
                upgraded = upgraded == null ? new Upgraded() : upgraded;
                granted = answer;
                return;
            }
            upgraded = null;
            requests.decline();
            requests.hear(seen.out());
        }
    }

    private Verdict heard(Seen seen) {
        HttpHead head = requests.telling();
        if (head == null) {
            return Verdict.maybe(Identity.certain("http"));
        }
        Identity http = identified(head);
        Meaning heard = requests.heard();
        if (heard.weight() == Weight.MINING) {
            return Verdict.yes(mining(http, heard));
        }
        if (carriesSsh(seen)) {
            return Verdict.yes(new Identity("ssh", "http", null, Confidence.CERTAIN, http.opening(), http.details()));
        }
        HttpHead handover = requests.handover();
        if (handover != null && upgraded != null) {
            return upgraded.judge(seen, handover, granted, requests.after(), http);
        }
        if (heard.weight() == Weight.LIKELY || requests.begun()) {
            return Verdict.maybe(mining(http, heard).suspected());
        }
        if (requests.astray()) {
            return Verdict.maybe(http.dialect("malformed"));
        }
        return Verdict.maybe(heard.weight() == Weight.CALL ? http.dialect("json-rpc") : http);
    }

    private boolean carriesSsh(Seen seen) {
        if (requests.body() >= 0 && HttpCarried.ssh(seen.out().from(requests.body()))) {
            return true;
        }
        if (requests.handover() != null || seen.in().isEmpty()) {
            return false;
        }
        answered = answered < 0 ? HttpHead.end(seen.in(), 0) : answered;
        return answered >= 0 && HttpCarried.ssh(seen.in().from(answered));
    }

    private Identity identified(HttpHead head) {
        Identity identity = known == null || !head.equals(told) ? identity(head) : known;
        told = head;
        known = identity;
        return identity;
    }

    private static Identity mining(Identity http, Meaning heard) {
        return new Identity("stratum", "http", heard.dialect(), Confidence.CERTAIN, http.opening(), http.details());
    }

    /** The version ends the request line, or there is none, as in HTTP/0.9, which nobody speaks any more. */
    private static boolean versioned(String line) {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        int space = text.lastIndexOf(' ');
        return space > 0 && VERSION.matcher(text.substring(space + 1)).matches();
    }

    private static Identity identity(HttpHead head) {
        HttpAuthority authority = HttpAuthority.of(head);
        Identity http = Identity.certain("http").details(Details.http(authority.host(), authority.port(), null));
        if (!head.sound()) {
            return http.dialect("malformed");
        }
        http = http.opened();
        String target = head.word(1).toLowerCase(Locale.ROOT);
        if (head.word(0).equals("CONNECT")) {
            return http.dialect("connect");
        }
        if (head.has("upgrade") && !Upgraded.socket(head)) {
            String name = head.all("upgrade").toLowerCase(Locale.ROOT).split("[ ,/]", 2)[0];
            return http.dialect(UPGRADE.matcher(name).matches() ? name : "upgrade");
        }
        if (target.contains("service=git-")
                || target.endsWith("/git-upload-pack")
                || target.endsWith("/git-receive-pack")) {
            return http.dialect("git");
        }
        return target.contains("://") && !target.startsWith("/") ? http.dialect("proxy") : http;
    }
}
