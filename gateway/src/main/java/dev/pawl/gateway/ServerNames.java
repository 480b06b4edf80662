package dev.pawl.gateway;

import dev.pawl.core.Endpoint;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The one name server a charter names: nothing else is asked, no search domain is tried, nothing is cached here. */
final class ServerNames implements NameSource {
    private static final int TRY_MILLIS = 2_000;

    private final DnsNameResolver resolver;

    ServerNames(Endpoint server, IoEventLoop loop) {
        resolver = new DnsNameResolverBuilder(loop)
                .datagramChannelType(EpollDatagramChannel.class)
                .socketChannelType(EpollSocketChannel.class)
                .nameServerProvider(new SingletonDnsServerAddressStreamProvider(
                        new InetSocketAddress(server.host(), server.port())))
                .searchDomains(List.of())
                .ndots(1)
                .hostsFileEntriesResolver((_, _) -> null)
                .resolveCache(NoopDnsCache.INSTANCE)
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .queryTimeoutMillis(TRY_MILLIS)
                .maxQueriesPerResolve(8)
                .build();
    }

    @Override
    public CompletableFuture<Resolution> resolve(String name) {
        CompletableFuture<Resolution> result = new CompletableFuture<>();
        resolver.resolveAll(name).addListener((Future<List<InetAddress>> future) -> {
            List<InetAddress> addresses = future.getNow();
            result.complete(
                    future.isSuccess() && addresses != null
                            ? new Resolution.Found(addresses)
                            : failure(future.cause()));
        });
        return result;
    }

    /** A name without addresses fails with neither a response code nor a timeout as its cause. */
    private static Resolution failure(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case DnsErrorCauseException error
                when error.getCode().equals(DnsResponseCode.NXDOMAIN) -> {
                    return new Resolution.Missing();
                }
                case DnsErrorCauseException error
                when !error.getCode().equals(DnsResponseCode.NOERROR) -> {
                    return new Resolution.Failed();
                }
                case DnsNameResolverTimeoutException _ -> {
                    return new Resolution.Failed();
                }
                default -> {}
            }
        }
        return thrown instanceof java.net.UnknownHostException
                ? new Resolution.Found(List.of())
                : new Resolution.Failed();
    }

    @Override
    public void close() {
        resolver.close();
    }
}
