package dev.pawl.gateway.spend;

import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One made-up request, and what the guard makes of it once it is whole. */
final class Asking {
    private static final Catalogue CATALOGUE = Catalogue.known();
    private static final Recogniser RECOGNISER = new Recogniser(PriceList.known());

    private final String host;
    private final String method;
    private final String target;
    private final List<Header> fields;
    private final byte[] body;

    private Asking(String host, String method, String target, List<Header> fields, byte[] body) {
        this.host = host;
        this.method = method;
        this.target = target;
        this.fields = fields;
        this.body = body;
    }

    static Asking of(String method, String host, String target) {
        return new Asking(host, method, target, List.of(), new byte[0]);
    }

    Asking with(String name, String value) {
        List<Header> more = new ArrayList<>(fields);
        more.add(new Header(name, value));
        return new Asking(host, method, target, more, body);
    }

    Asking form(String text) {
        return with("content-type", "application/x-www-form-urlencoded; charset=utf-8")
                .body(text);
    }

    Asking json(String text) {
        return with("content-type", "application/json").body(text);
    }

    Asking body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    Asking body(byte[] bytes) {
        return new Asking(host, method, target, fields, bytes);
    }

    /** By its head alone first, as the gateway does: what is clear then is not looked at again. */
    Finding found() {
        Call call = Call.of(new Head(method, "https", host, target, fields));
        var at = CATALOGUE.at(host);
        Finding early = RECOGNISER.find(call, host, at, Content.unseen());
        return early instanceof Finding.Clear
                ? early
                : RECOGNISER.find(call, host, at, Content.of(body, call.type(), call.codings()));
    }

    /** The operation that costs money; {@code clear} or {@code ambiguous} where there is none. */
    String operation() {
        return switch (found()) {
            case Finding.Clear _ -> "clear";
            case Finding.Ambiguous _ -> "ambiguous";
            case Finding.Spends spends -> spends.provider() + " " + spends.operation();
        };
    }

    @Override
    public String toString() {
        return method + " " + host + target + " " + fields + " " + new String(body, StandardCharsets.UTF_8);
    }
}
