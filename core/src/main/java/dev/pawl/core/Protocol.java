package dev.pawl.core;

/** What a grant lets flow. The gateway checks the client's first bytes against it. */
public enum Protocol {
    /** Any bytes. Never the default: a charter has to say it. */
    TCP,
    /** A TLS client hello first. Default on every port but 80. */
    TLS,
    /** An HTTP/1 request line or the HTTP/2 preface first. Default on port 80. */
    HTTP
}
