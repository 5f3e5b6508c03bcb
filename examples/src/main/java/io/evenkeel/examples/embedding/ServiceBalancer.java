package io.evenkeel.examples.embedding;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerResolution;
import io.evenkeel.lb.netty.ProxyStartException;
import io.evenkeel.lb.netty.TcpProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** A balancer whose servers are the targets of a service's SRV records, as they are at any time. */
public final class ServiceBalancer {
    /** Servers at a time; targets beyond them are not used. */
    static final int PLACES = 10;

    private ServiceBalancer() {}

    /**
     * Starts to listen; closing the proxy drains it.
     *
     * @param service such as {@code _http._tcp.example.net}
     */
    static TcpProxy start(String host, int port, InetSocketAddress nameserver, String service)
            throws ProxyStartException {
        ResolversConfig resolvers =
                ResolversConfig.builder("dns")
                        .nameserver("ns", nameserver.getHostString(), nameserver.getPort())
                        .build();
        BackendConfig.Builder backend =
                BackendConfig.builder("servers").connectTimeout(Duration.ofSeconds(2));
        for (int i = 1; i <= PLACES; i++) {
            backend.server(
                    ServerConfig.builder("s" + i, service, 0)
                            .resolution(ServerResolution.by("dns"))
                            .check(CheckConfig.builder().build())
                            .build());
        }
        FrontendConfig frontend =
                FrontendConfig.builder("web").bind(host, port).defaultBackend("servers").build();
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(
                                ProxyConfig.builder()
                                        .frontends(frontend)
                                        .backends(backend.build())
                                        .resolvers(List.of(resolvers))
                                        .build())
                        .build();
        proxy.start();
        return proxy;
    }

    /** Listens on port 8080 for the service {@code _http._tcp.example.net}, of which the name server at 127.0.0.1 knows. */
    public static void main(String[] args) throws Exception {
        InetSocketAddress nameserver = new InetSocketAddress("127.0.0.1", 53);
        try (TcpProxy proxy = start("0.0.0.0", 8080, nameserver, "_http._tcp.example.net")) {
            System.out.println("listening on " + proxy.boundAddresses("web"));
            System.in.read();
        }
    }
}
