package dev.pawl.core;

import java.util.Locale;

/**
 * What a grant lets flow. The gateway recognises what is spoken by the first bytes of both sides, and carries nothing
 * else.
 */
public enum Protocol {
    /** Any bytes. Never the default: a charter has to say it. */
    TCP,
    /** A TLS client hello first, for the granted name. Default on every port but 80. */
    TLS,
    /** A request of HTTP/1 first, for the granted name. Default on port 80. */
    HTTP,
    SSH,
    /** The protocol of git itself; over SSH or HTTP it is those. */
    GIT,
    POSTGRESQL,
    MYSQL,
    REDIS,
    SMTP,
    /** DNS over TCP. */
    DNS;

    /** As charters and events write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
