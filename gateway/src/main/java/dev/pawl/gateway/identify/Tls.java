package dev.pawl.gateway.identify;

import org.jspecify.annotations.Nullable;

/**
 * TLS 1.0 to 1.3 by its hello messages, however they are spread over records, and by a chain of records where a capture
 * begins in the middle; the hello of SSL 2 that offers later versions (RFC 5246, E.2). A hello of the client makes it
 * likely with all its details; the server's answer settles it with the version chosen.
 */
final class Tls implements Recogniser {
    private enum Kind {
        NOTHING,
        MORE,
        CLIENT,
        SERVER,
        /** One record head that is no hello. */
        RECORD,
        /** More than one, or a whole one. */
        RECORDS,
        OTHER
    }

    /**
     * @param strays whether what follows the hello is no TLS
     * @param begun whether a record that is no hello comes first, such as an alert, whatever follows it
     */
    private record Side(Kind kind, @Nullable TlsHello hello, boolean strays, boolean begun) {
        Side(Kind kind) {
            this(kind, null, false, false);
        }
    }

    @Override
    public Verdict judge(Seen seen) {
        Side out = side(seen.out());
        Side in = side(seen.in());
        return switch (out.kind()) {
            case OTHER ->
                in.kind() == Kind.SERVER && seen.out().starts("\u0016\u0003")
                        ? Verdict.yes(tls().dialect(version(in)))
                        : old(seen.out(), in.kind() == Kind.NOTHING || in.kind() == Kind.MORE);
            case MORE -> records(seen.out()) ? Verdict.maybe(tls()) : Verdict.MORE;
            case CLIENT -> opened(out, in);
            case SERVER -> Verdict.yes(tls().dialect(version(out)));
            case RECORDS -> Verdict.yes(tls());
            case RECORD -> among(in.kind()) ? Verdict.yes(tls()) : Verdict.maybe(tls().suspected());
            case NOTHING ->
                switch (in.kind()) {
                    case CLIENT, SERVER -> Verdict.yes(tls().dialect(version(in)));
                    case RECORDS -> Verdict.yes(tls());
                    case RECORD -> Verdict.maybe(tls().suspected());
                    case NOTHING, MORE -> Verdict.MORE;
                    case OTHER -> Verdict.NO;
                };
        };
    }

    private static Verdict old(Bytes out, boolean unanswered) {
        if (OldHello.is(out)) {
            return Verdict.yes(tls().dialect("ssl2"));
        }
        // A hello that is malformed may be answered all the same.
        return OldHello.agrees(out) || (unanswered && out.starts("\u0016\u0003")) ? Verdict.MORE : Verdict.NO;
    }

    private static boolean among(Kind kind) {
        return kind == Kind.SERVER || kind == Kind.CLIENT || kind == Kind.RECORD || kind == Kind.RECORDS;
    }

    private static Identity tls() {
        return Identity.certain("tls");
    }

    private static @Nullable String version(Side side) {
        return side.hello() == null ? null : side.hello().versionText();
    }

    private static boolean records(Bytes bytes) {
        return TlsRecords.of(bytes).heads() > 0;
    }

    private static Verdict opened(Side out, Side in) {
        TlsHello hello = out.hello();
        if (hello == null) {
            return Verdict.NO;
        }
        if ((in.kind() == Kind.OTHER && !in.begun()) || (out.strays() && in.kind() != Kind.SERVER)) {
            // A hello that is not answered as one, nor followed by more of it, begins nothing.
            return Verdict.maybe(TlsNames.of(hello).suspected());
        }
        Identity client = TlsNames.of(hello).opened();
        if (in.hello() == null) {
            return in.kind() == Kind.NOTHING || in.kind() == Kind.MORE
                    ? new Verdict.Surely(client)
                    : Verdict.yes(client);
        }
        boolean plain = client.protocol().equals("tls") && !"dot".equals(client.dialect());
        return Verdict.yes(plain && client.confidence() == Confidence.CERTAIN ? client.dialect(version(in)) : client);
    }

    private static Side side(Bytes bytes) {
        if (bytes.isEmpty()) {
            return new Side(Kind.NOTHING);
        }
        TlsRecords records = TlsRecords.of(bytes);
        if (records.handshakes() && records.handshake().isEmpty() && records.shape() != TlsRecords.Shape.OTHER) {
            return new Side(Kind.MORE);
        }
        if (!records.handshake().isEmpty()) {
            switch (TlsHello.read(records.handshake())) {
                case TlsHello.Read(TlsHello hello) -> {
                    boolean strays = records.shape() == TlsRecords.Shape.OTHER;
                    return new Side(hello.client() ? Kind.CLIENT : Kind.SERVER, hello, strays, false);
                }
                case TlsHello.More _ -> {
                    boolean open = records.handshakes() && records.shape() != TlsRecords.Shape.OTHER;
                    return new Side(open ? Kind.MORE : Kind.OTHER);
                }
                case TlsHello.Broken _ -> {
                    int type = records.handshake().at(0);
                    if (type == TlsHello.CLIENT || type == TlsHello.SERVER) {
                        return new Side(Kind.OTHER);
                    }
                }
            }
        }
        return switch (records.shape()) {
            case MORE -> new Side(Kind.MORE);
            case OTHER ->
                new Side(
                        records.whole() > 1 ? Kind.RECORDS : Kind.OTHER,
                        null,
                        false,
                        records.heads() > 0 && !records.handshakes());
            case RECORDS -> new Side(records.heads() > 1 ? Kind.RECORDS : Kind.RECORD);
        };
    }
}
