package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.UdpFrontendConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A proxy with one UDP frontend "dns" on a port of 127.0.0.1 and one backend "app", for tests. */
final class UdpFixture implements AutoCloseable {
    private final TcpProxy proxy;

    private UdpFixture(TcpProxy proxy) {
        this.proxy = proxy;
    }

    static UdpFixture start(
            Transport transport,
            UnaryOperator<UdpFrontendConfig.Builder> frontend,
            UnaryOperator<BackendConfig.Builder> backend)
            throws ProxyStartException {
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(config(frontend, backend))
                        .eventLoops(2)
                        .transport(transport)
                        .drainTimeout(Duration.ZERO)
                        .build();
        proxy.start();
        return new UdpFixture(proxy);
    }

    /** In front of unchecked servers at these local ports, in this order. */
    static UdpFixture start(Transport transport, int... serverPorts) throws ProxyStartException {
        return start(transport, frontend -> frontend, backend -> backend.servers(at(serverPorts)));
    }

    static ProxyConfig config(
            UnaryOperator<UdpFrontendConfig.Builder> frontend,
            UnaryOperator<BackendConfig.Builder> backend) {
        return config(
                List.of(
                        frontend.apply(UdpFrontendConfig.builder("dns").backend("app"))
                                .bind("127.0.0.1", 0)
                                .build()),
                backend.apply(BackendConfig.builder("app")).build());
    }

    static ProxyConfig config(List<UdpFrontendConfig> frontends, BackendConfig... backends) {
        return ProxyConfig.builder().backends(backends).udpFrontends(frontends).build();
    }

    /** Unchecked servers s1, s2, ... at these local ports. */
    static List<ServerConfig> at(int... ports) {
        return new ArrayList<>(ProxyFixture.at(ports));
    }

    TcpProxy proxy() {
        return proxy;
    }

    InetSocketAddress address() {
        return proxy.boundAddresses("dns").get(0);
    }

    UdpClient client() throws IOException {
        return new UdpClient(address());
    }

    UdpSnapshot counted() {
        return proxy.snapshot().udp();
    }

    long dropped(DatagramDrop cause) {
        return counted().drops().getOrDefault(cause, 0L);
    }

    /** Every datagram that came is accounted for, as soon as nothing moves. */
    void awaitBalance() throws Exception {
        Await.until(
                "every datagram is sent on or dropped",
                () -> {
                    UdpSnapshot now = counted();
                    long drops =
                            now.drops().entrySet().stream().mapToLong(Map.Entry::getValue).sum();
                    return now.fromClients() + now.fromServers()
                            == now.toServers() + now.toClients() + drops;
                });
    }

    @Override
    public void close() {
        proxy.close();
    }
}
