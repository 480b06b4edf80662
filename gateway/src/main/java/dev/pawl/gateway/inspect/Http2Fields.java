package dev.pawl.gateway.inspect;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of HTTP/2 as {@link Header}s and back. Names of pseudo-header fields begin with a colon and are not among them. */
final class Http2Fields {
    private Http2Fields() {}

    /**
     * The fields of a field section that may go on.
     *
     * @throws Unfit if one of them may not, in either version of HTTP
     */
    static List<Header> of(Http2Headers section) throws Unfit {
        if (section.size() > Limits.FIELDS) {
            throw new Unfit("there are more than " + Limits.FIELDS + " fields");
        }
        List<Header> fields = new ArrayList<>(section.size());
        for (Map.Entry<CharSequence, CharSequence> entry : section) {
            String name = entry.getKey().toString();
            if (name.startsWith(":")) {
                continue;
            }
            String value = entry.getValue().toString();
            if (!HeadReader.isToken(name) || !name.equals(name.toLowerCase(Locale.ROOT))) {
                throw new Unfit("a field's name is no token in lower case");
            }
            if (!isValue(value)) {
                throw new Unfit("a field's value has control characters, or blanks around it");
            }
            fields.add(new Header(name, value));
        }
        return fields;
    }

    /** A pseudo-header field; null where there is none. */
    static @Nullable String pseudo(Http2Headers section, Http2Headers.PseudoHeaderName name) throws Unfit {
        List<CharSequence> values = section.getAll(name.value());
        if (values.size() > 1) {
            throw new Unfit(name.value() + " stands twice");
        }
        return values.isEmpty() ? null : values.getFirst().toString();
    }

    /** RFC 9113, 8.2.1. */
    private static boolean isValue(String value) {
        if (!value.strip().equals(value)) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    /** Adds fields to a section. */
    static Http2Headers add(Http2Headers section, List<Header> fields) {
        for (Header field : fields) {
            section.add(AsciiString.of(field.name().toLowerCase(Locale.ROOT)), new AsciiString(field.value()));
        }
        return section;
    }

    /** A section with no pseudo-header fields. */
    static Http2Headers trailers(List<Header> fields) {
        return add(new DefaultHttp2Headers(false), fields);
    }

    /** A section that goes no further, for this reason. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
