package dev.pawl.gateway.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What does TLS: BoringSSL where it can be loaded, else the JDK, which takes more processor time. Who is trusted, for which
 * host and from which version on does not depend on it: the same trust manager and the same checks are given to both.
 *
 * @param instead why it is not BoringSSL, in one sentence; empty where it is
 */
public record TlsLibrary(SslProvider provider, Optional<String> instead) {
    /** The fastest that this process can load; loads it. */
    public static TlsLibrary best() {
        try {
            if (OpenSsl.isAvailable()
                    && OpenSsl.supportsKeyManagerFactory()
                    && SslProvider.isTlsv13Supported(SslProvider.OPENSSL)) {
                return new TlsLibrary(SslProvider.OPENSSL, Optional.empty());
            }
            return jdk(OpenSsl.unavailabilityCause());
        } catch (LinkageError e) {
            return jdk(e);
        }
    }

    private static TlsLibrary jdk(@Nullable Throwable cause) {
        String why = cause == null ? "it lacks TLS 1.3 or keys of ours" : String.valueOf(cause);
        return new TlsLibrary(
                SslProvider.JDK,
                Optional.of("TLS is done by the JDK, which is slower: BoringSSL could not be loaded (" + why + ")."));
    }
}
