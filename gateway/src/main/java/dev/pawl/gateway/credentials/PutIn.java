package dev.pawl.gateway.credentials;

import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Protocol;
import dev.pawl.core.SecretGrant.Place;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.inspect.Outgoing;
import dev.pawl.gateway.inspect.Response;
import dev.pawl.gateway.inspect.Ruling;
import dev.pawl.gateway.leak.scan.Mask;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of one connection's secrets into one request, each in its own place alone. A stand-in that is left
 * anywhere in the head afterwards is refused: it was put where it does not belong. What the answer holds of a value is
 * overwritten.
 */
final class PutIn implements Outgoing {
    static final String MISUSED = "placeholder-misused";
    static final String UNSIGNABLE = "credential-unusable";
    static final String UNREADABLE = "secret-unreadable";
    static final String RETURNED = "secret-returned";

    private static final int FORBIDDEN = 403;

    private final List<Credential> all;
    private final Egress.Passage passage;
    private final Supplier<Mask> masks;
    private final Room room;
    /** Of the answer, from when a value was put in that the server sees. */
    private Mask.@Nullable Stream answer;

    private @Nullable AwsBody body;
    private boolean headOnly;
    /** Whether the server sees a value. */
    private boolean shown;
    /** Whether a field of the answer held one. */
    private boolean found;

    /** {@code masks} gives what covers the values of all of them. */
    PutIn(List<Credential> all, Egress.Passage passage, Supplier<Mask> masks, Room room) {
        this.all = all;
        this.passage = passage;
        this.masks = masks;
        this.room = room;
    }

    @Override
    public Ruling head(Head head) {
        headOnly = head.method().equals("HEAD");
        Head changed = head;
        String put = "";
        for (Credential credential : all) {
            if (!credential.isFor(passage.target().host(), passage.target().port()) || !isKept(head)) {
                continue;
            }
            try {
                Head next = put(credential, changed);
                if (!next.equals(changed)) {
                    put = credential.grant().name();
                    shown |= credential.aws().isEmpty();
                }
                changed = next;
            } catch (AwsSignature.Unusable e) {
                return refuse(UNSIGNABLE, credential.grant().name() + ": " + e.reason);
            }
        }
        // In the head as it was, less what was replaced: a value that happens to hold a stand-in's text cannot be one.
        for (Credential credential : all) {
            if (Leftovers.in(changed, credential)) {
                return refuse(
                        MISUSED,
                        "the stand-in of the secret " + credential.grant().name()
                                + " stands where it does not belong; it works for "
                                + credential.grant().host()
                                + " in its own place alone");
            }
        }
        // An answer to TRACE is the request: it would hand the value to the agent.
        if (!put.isEmpty() && head.method().equalsIgnoreCase("TRACE")) {
            return refuse(MISUSED, "TRACE would show the secret " + put + " to whoever sends it");
        }
        Head last = shown ? readable(changed) : changed;
        return body != null && body.comesFirst() ? new Ruling.Gather(last) : new Ruling.Pass(last);
    }

    /** Asks for an answer that can be looked through: plain, and whole, since halves of a value are none. */
    private Head readable(Head head) {
        answer = masks.get().stream();
        List<Header> fields = head.headers().stream()
                .filter(field -> !field.is("range") && !field.is("if-range"))
                .toList();
        return new Head(head.method(), head.scheme(), head.authority(), head.target(), fields)
                .with("accept-encoding", "identity");
    }

    /** A server that has seen a value may send it back: it is overwritten before the agent sees it. */
    @Override
    public Ruling answer(Response head) {
        if (!shown) {
            return new Ruling.Show(head);
        }
        boolean empty = headOnly || head.interim() || head.status() == 204 || head.status() == 304;
        boolean coded = Header.coded(head.headers());
        if (!empty && (coded || head.status() == 206)) {
            return refuse(
                    UNREADABLE,
                    "the server " + (coded ? "compressed its answer" : "sent a part of its answer")
                            + " though it was asked not to, so nobody could see whether it holds the secret it was sent");
        }
        Mask mask = masks.get();
        List<Header> fields = new ArrayList<>();
        for (Header field : head.headers()) {
            String value = mask.over(field.value());
            found |= !value.equals(field.value());
            fields.add(new Header(field.name(), value));
        }
        return new Ruling.Show(new Response(head.status(), fields));
    }

    @Override
    public boolean readsAnswer() {
        return answer != null;
    }

    @Override
    public Ruling answerBody(ByteBuf part, boolean last) {
        return new Ruling.Forward(answer == null ? part.readableBytes() : answer.over(part, last));
    }

    @Override
    public @Nullable Decision noted() {
        return found || (answer != null && answer.found())
                ? new Decision(
                        Decision.Verdict.ALLOW,
                        RETURNED,
                        null,
                        "The server sent back a secret that it was sent; the agent was shown asterisks.",
                        "gateway")
                : null;
    }

    @Override
    public Ruling body(ByteBuf part, boolean last) {
        try {
            return body == null ? new Ruling.Forward(part.readableBytes()) : body.take(part, last);
        } catch (AwsSignature.Unusable e) {
            return refuse(UNSIGNABLE, e.reason);
        }
    }

    @Override
    public Head whole(Head head) {
        return body == null ? head : body.whole(head);
    }

    @Override
    public void over() {
        if (body != null) {
            body.over();
        }
    }

    /** Under a grant of TLS nothing is put into what is not protected by it; under http the charter was held to loopback. */
    private boolean isKept(Head head) {
        return passage.terms().protocol() == Protocol.HTTP || head.scheme().equals("https");
    }

    private Head put(Credential credential, Head head) throws AwsSignature.Unusable {
        String standIn = credential.placeholder();
        String value = credential.secret().value();
        return switch (credential.grant().place()) {
            case Place.Bearer _ -> bearer(head, standIn, value);
            case Place.Basic _ -> Basic.put(head, standIn, value);
            case Place.Header(String name) ->
                single(head, name).filter(standIn::equals).isPresent() ? head.with(name, value) : head;
            case Place.Query(String name) -> Query.put(head, name, standIn, value);
            case Place.AwsSigV4 _ -> signed(credential, head);
        };
    }

    private Head signed(Credential credential, Head head) throws AwsSignature.Unusable {
        Optional<AwsSignature> signature = AwsSignature.of(head, credential.placeholder());
        if (signature.isEmpty()) {
            return head;
        }
        AwsKey key = credential.aws().orElseThrow().key();
        AwsSignature.Signed again = signature.get().again(key, Optional.empty());
        body = signature.get().needsBody()
                ? AwsBody.unknown(key, room, head.method())
                : again.chunks().map(AwsBody::chunks).orElse(null);
        return again.head();
    }

    private static Head bearer(Head head, String standIn, String value) {
        String written = single(head, "authorization").orElse("");
        int space = written.indexOf(' ');
        String scheme = space < 0 ? "" : written.substring(0, space);
        boolean bearer = scheme.equalsIgnoreCase("bearer") || scheme.equalsIgnoreCase("token");
        return bearer && written.substring(space + 1).strip().equals(standIn)
                ? head.with("authorization", scheme + " " + value)
                : head;
    }

    /** The value of a header that stands there once; several could be read by servers in different ways. */
    static Optional<String> single(Head head, String name) {
        List<Header> found =
                head.headers().stream().filter(header -> header.is(name)).toList();
        return found.size() == 1 ? Optional.of(found.getFirst().value()) : Optional.empty();
    }

    private static Ruling refuse(String rule, String because) {
        return new Ruling.Refuse(
                new Decision(Decision.Verdict.DENY, rule, "no-credential-hunting", because, "gateway"), FORBIDDEN);
    }
}
