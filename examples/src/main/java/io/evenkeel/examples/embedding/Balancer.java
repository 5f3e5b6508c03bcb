package io.evenkeel.examples.embedding;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.netty.ProxyStartException;
import io.evenkeel.lb.netty.TcpProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The balancer alone: connections to one address are spread over the servers that pass their checks. */
public final class Balancer {
    private Balancer() {}

    /** Starts to listen; closing the proxy drains it. */
    static TcpProxy start(String host, int port, List<InetSocketAddress> servers)
            throws ProxyStartException {
        CheckConfig check =
                CheckConfig.builder().inter(Duration.ofMillis(500)).rise(2).fall(3).build();
        BackendConfig.Builder backend =
                BackendConfig.builder("servers").connectTimeout(Duration.ofSeconds(2));
        for (InetSocketAddress server : servers) {
            String name = server.getHostString() + ":" + server.getPort();
            backend.server(
                    ServerConfig.builder(name, server.getHostString(), server.getPort())
                            .check(check)
                            .build());
        }
        FrontendConfig frontend =
                FrontendConfig.builder("web").bind(host, port).defaultBackend("servers").build();
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(new ProxyConfig(List.of(frontend), List.of(backend.build())))
                        .build();
        proxy.start();
        return proxy;
    }

    /** Listens on port 8080 for two servers on this host. */
    public static void main(String[] args) throws Exception {
        List<InetSocketAddress> servers =
                List.of(
                        new InetSocketAddress("127.0.0.1", 8081),
                        new InetSocketAddress("127.0.0.1", 8082));
        try (TcpProxy proxy = start("0.0.0.0", 8080, servers)) {
            System.out.println("listening on " + proxy.boundAddresses("web"));
            System.in.read();
        }
    }
}
