package dev.pawl.gateway.credentials;

import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A request signed with AWS Signature Version 4, made anew with another key ("Create a signed AWS API request", AWS
 * General Reference). The agent's own signature is not checked: it was made with a stand-in.
 *
 * <p>Where {@code x-amz-content-sha256} says what the body's digest is, or that there is none, the head is signed anew at
 * once. Where it says that chunks are signed, so are they. Where nothing says it, the body has to be seen first.
 */
final class AwsSignature {
    private static final String ALGORITHM = AwsSigner.ALGORITHM;
    private static final String ASYMMETRIC = "AWS4-ECDSA-P256-SHA256";
    private static final String CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private static final String TRAILER = "-TRAILER";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String CONTENT = "x-amz-content-sha256";
    private static final String DATE = "x-amz-date";
    private static final String TOKEN = "x-amz-security-token";
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String SCOPE = "[0-9]{8}/[a-z0-9-]{1,64}/[a-z0-9-]{1,64}/aws4_request";

    private final Head head;
    private final String scope;
    private final List<String> signed;
    private final boolean presigned;

    /** Says why a request cannot be signed anew; nothing of the key. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        final String reason;

        Unusable(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }

    private AwsSignature(Head head, String scope, List<String> signed, boolean presigned) {
        this.head = head;
        this.scope = scope;
        this.signed = signed;
        this.presigned = presigned;
    }

    /** The request with its new signature, and what signs the chunks of its body where they are signed. */
    record Signed(Head head, Optional<AwsChunks> chunks) {}

    /** The signature that names this key, in the head's field or its query; empty if there is none. */
    static Optional<AwsSignature> of(Head head, String id) throws Unusable {
        refuseAsymmetric(head, id);
        Optional<String> field = PutIn.single(head, "authorization").filter(value -> value.startsWith(ALGORITHM + " "));
        if (field.isPresent()) {
            Map<String, String> parts = parts(field.get().substring(ALGORITHM.length()));
            return of(head, id, parts.getOrDefault("Credential", ""), parts.getOrDefault("SignedHeaders", ""), false);
        }
        Map<String, String> query = Query.parameters(head.target()).stream()
                .collect(Collectors.toMap(Query.Parameter::name, Query.Parameter::value, (a, b) -> ""));
        return ALGORITHM.equals(query.get("X-Amz-Algorithm"))
                ? of(
                        head,
                        id,
                        query.getOrDefault("X-Amz-Credential", ""),
                        query.getOrDefault("X-Amz-SignedHeaders", ""),
                        true)
                : Optional.empty();
    }

    private static void refuseAsymmetric(Head head, String id) throws Unusable {
        boolean field = PutIn.single(head, "authorization")
                .filter(value -> value.startsWith(ASYMMETRIC) && value.contains(id))
                .isPresent();
        if (field || (head.target().contains(ASYMMETRIC) && head.target().contains(id))) {
            throw new Unusable("it is signed with SigV4a (" + ASYMMETRIC + "), which is not made anew here; set"
                    + " AWS_AUTH_SCHEME_PREFERENCE=sigv4, and name one region instead of a multi-region access point");
        }
    }

    private static Optional<AwsSignature> of(Head head, String id, String credential, String headers, boolean presigned)
            throws Unusable {
        if (!credential.startsWith(id + "/")) {
            return Optional.empty();
        }
        String scope = credential.substring(id.length() + 1);
        List<String> signed = List.of(headers.toLowerCase(Locale.ROOT).split(";"));
        if (!scope.matches(SCOPE) || !signed.contains("host")) {
            throw new Unusable("its signature names no scope of AWS, or does not cover the host");
        }
        return Optional.of(new AwsSignature(head, scope, signed, presigned));
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return parts;
    }

    /** Whether the digest of the body is part of the signature and stands nowhere. */
    boolean needsBody() {
        return !presigned && PutIn.single(head, CONTENT).isEmpty();
    }

    /** The same request, signed with this key; {@code digest} is that of its body, if nothing in its head says it. */
    Signed again(AwsKey key, Optional<String> digest) throws Unusable {
        return presigned ? new Signed(query(key), Optional.empty()) : field(key, digest);
    }

    private Signed field(AwsKey key, Optional<String> digest) throws Unusable {
        String content = content().or(() -> digest).orElse(EMPTY);
        String date = PutIn.single(head, DATE)
                .filter(value -> value.matches("[0-9]{8}T[0-9]{6}Z"))
                .orElseThrow(() -> new Unusable("it has no " + DATE));
        Head changed = key.token.map(token -> head.with(TOKEN, token)).orElse(without(head, TOKEN));
        TreeSet<String> names = new TreeSet<>(signed);
        key.token.ifPresent(_ -> names.add(TOKEN));
        // What frames a message is written anew and no part of the head here.
        names.removeIf(name -> !name.equals("host") && changed.header(name).isEmpty());
        AwsSigner signer = new AwsSigner(key, date, scope);
        String signature = signer.request(canonical(changed, changed.target(), names, content));
        Head again = changed.with(
                "authorization",
                ALGORITHM + " Credential=" + key.id + "/" + scope + ", SignedHeaders=" + String.join(";", names)
                        + ", Signature=" + signature);
        return new Signed(
                again,
                content.startsWith(CHUNKS)
                        ? Optional.of(new AwsChunks(signer, signature, content.endsWith(TRAILER)))
                        : Optional.empty());
    }

    private Head query(AwsKey key) throws Unusable {
        List<Query.Parameter> parameters = new ArrayList<>();
        String date = "";
        for (Query.Parameter parameter : Query.parameters(head.target())) {
            switch (parameter.name()) {
                case "X-Amz-Credential" -> parameters.add(new Query.Parameter(parameter.name(), key.id + "/" + scope));
                case "X-Amz-Signature", "X-Amz-Security-Token" -> {}
                default -> parameters.add(parameter);
            }
            date = parameter.name().equals("X-Amz-Date") ? parameter.value() : date;
        }
        key.token.ifPresent(token -> parameters.add(new Query.Parameter("X-Amz-Security-Token", token)));
        String path = head.target().substring(0, head.target().indexOf('?'));
        String target = path + "?"
                + parameters.stream()
                        .map(each -> Query.encoded(each.name()) + "=" + Query.encoded(each.value()))
                        .collect(Collectors.joining("&"));
        TreeSet<String> names = new TreeSet<>(signed);
        String payload = isS3() ? content().orElse(UNSIGNED) : EMPTY;
        if (payload.startsWith(CHUNKS)) {
            throw new Unusable(
                    "a presigned address cannot have a body in signed chunks; have the client send it whole");
        }
        String signature = new AwsSigner(key, date, scope).request(canonical(head, target, names, payload));
        return head.withTarget(target + "&X-Amz-Signature=" + signature);
    }

    /** What the head says of the body's digest. */
    private Optional<String> content() throws Unusable {
        Optional<String> content = PutIn.single(head, CONTENT);
        String text = content.orElse(EMPTY);
        boolean known = text.equals(CHUNKS)
                || text.equals(CHUNKS + TRAILER)
                || text.equals("STREAMING-" + UNSIGNED + TRAILER)
                || text.equals(UNSIGNED)
                || text.matches("[0-9a-f]{64}");
        if (!known) {
            throw new Unusable(
                    text.startsWith("STREAMING-")
                            ? "its body is signed in a way that is not made anew here ("
                                    + text.substring(0, Math.min(60, text.length()))
                                    + "); have the client send it whole, or in chunks that are not signed"
                            : CONTENT + " is no digest");
        }
        return content;
    }

    /** S3 and its like are the services whose paths are signed as they are written. */
    private boolean isS3() {
        return scope.split("/", -1)[2].startsWith("s3");
    }

    private String canonical(Head request, String target, SortedSet<String> names, String content) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = Query.parameters(target).stream()
                .map(each -> new Query.Parameter(Query.encoded(each.name()), Query.encoded(each.value())))
                .sorted(Comparator.comparing(Query.Parameter::name).thenComparing(Query.Parameter::value))
                .map(each -> each.name() + "=" + each.value())
                .collect(Collectors.joining("&"));
        StringBuilder text = new StringBuilder(request.method()).append('\n');
        // All services but S3 encode the path once more.
        text.append(isS3() ? path : Query.encoded(path).replace("%2F", "/")).append('\n');
        text.append(query).append('\n');
        names.forEach(name ->
                text.append(name).append(':').append(values(request, name)).append('\n'));
        return text.append('\n')
                .append(String.join(";", names))
                .append('\n')
                .append(content)
                .toString();
    }

    private static String values(Head head, String name) {
        return name.equals("host")
                ? head.authority()
                : head.headers().stream()
                        .filter(header -> header.is(name))
                        .map(header -> header.value().strip().replaceAll(" +", " "))
                        .collect(Collectors.joining(","));
    }

    private static Head without(Head head, String name) {
        List<Header> others =
                head.headers().stream().filter(header -> !header.is(name)).toList();
        return new Head(head.method(), head.scheme(), head.authority(), head.target(), others);
    }
}
