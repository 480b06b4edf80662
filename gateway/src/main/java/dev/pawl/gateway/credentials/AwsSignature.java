package dev.pawl.gateway.credentials;

import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request signed with AWS Signature Version 4, made anew with another key ("Create a signed AWS API request", AWS
 * General Reference). The agent's own signature is not checked: it was made with a stand-in.
 *
 * <p>The digest of the body has to be known before the body is: it stands in {@code x-amz-content-sha256}, or the
 * request has no body. A body whose chunks are signed one by one cannot be signed anew here.
 */
final class AwsSignature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
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

    /** The signature that names this key, in the head's field or its query; empty if there is none. */
    static Optional<AwsSignature> of(Head head, String id) throws Unusable {
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

    /** Whether the signature holds for a request without a body alone. */
    boolean bodyless() {
        return !presigned && PutIn.single(head, CONTENT).isEmpty();
    }

    /** The same request, signed with this key. */
    Head again(AwsKey key) throws Unusable {
        return presigned ? query(key) : field(key);
    }

    private Head field(AwsKey key) throws Unusable {
        String content = content();
        String date = PutIn.single(head, DATE)
                .filter(value -> value.matches("[0-9]{8}T[0-9]{6}Z"))
                .orElseThrow(() -> new Unusable("it has no " + DATE));
        Head changed = key.token.map(token -> head.with(TOKEN, token)).orElse(without(head, TOKEN));
        TreeSet<String> names = new TreeSet<>(signed);
        key.token.ifPresent(_ -> names.add(TOKEN));
        // What frames a message is written anew and no part of the head here.
        names.removeIf(name -> !name.equals("host") && changed.header(name).isEmpty());
        String signature = sign(key, date, canonical(changed, changed.target(), names, content));
        return changed.with(
                "authorization",
                ALGORITHM + " Credential=" + key.id + "/" + scope + ", SignedHeaders=" + String.join(";", names)
                        + ", Signature=" + signature);
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
        String content = PutIn.single(head, CONTENT).orElse("UNSIGNED-PAYLOAD");
        String payload = scope.contains("/s3/") ? content : EMPTY;
        String signature = sign(key, date, canonical(head, target, names, payload));
        return head.withTarget(target + "&X-Amz-Signature=" + signature);
    }

    private String content() throws Unusable {
        String content = PutIn.single(head, CONTENT).orElse(EMPTY);
        if (content.startsWith("STREAMING-AWS4")) {
            throw new Unusable("each chunk of its body is signed; have the client send it unsigned or whole");
        }
        return content;
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
        text.append(scope.contains("/s3/") ? path : Query.encoded(path).replace("%2F", "/"))
                .append('\n');
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

    private String sign(AwsKey key, String date, String canonical) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.ISO_8859_1));
            byte[] signing = ("AWS4" + key.secret).getBytes(StandardCharsets.UTF_8);
            for (String part : scope.split("/", -1)) {
                signing = hmac(signing, part);
            }
            String text = ALGORITHM + "\n" + date + "\n" + scope + "\n"
                    + HexFormat.of().formatHex(digest);
            return HexFormat.of().formatHex(hmac(signing, text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
