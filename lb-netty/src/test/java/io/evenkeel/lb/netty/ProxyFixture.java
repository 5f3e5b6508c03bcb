package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A proxy with one frontend "web" on a port of 127.0.0.1 and one backend "app", for tests. */
final class ProxyFixture implements AutoCloseable, ProxyObserver {
    private final BlockingQueue<SessionEnd> ends = new LinkedBlockingQueue<>();
    private final ProxyConfig config;
    private final TcpProxy proxy;

    private ProxyFixture(
            Transport transport,
            TlsProvider tls,
            UnaryOperator<FrontendConfig.Builder> frontend,
            List<BackendConfig> backends)
            throws ProxyStartException {
        FrontendConfig web =
                frontend.apply(
                                FrontendConfig.builder("web")
                                        .bind("127.0.0.1", 0)
                                        .defaultBackend("app"))
                        .build();
        config = new ProxyConfig(List.of(web), backends);
        proxy =
                TcpProxy.builder()
                        .config(config)
                        .eventLoops(2)
                        .transport(transport)
                        .tlsProvider(tls)
                        .drainTimeout(Duration.ZERO)
                        .observer(this)
                        .build();
        proxy.start();
    }

    static ProxyFixture start(
            Transport transport,
            UnaryOperator<FrontendConfig.Builder> frontend,
            UnaryOperator<BackendConfig.Builder> backend)
            throws ProxyStartException {
        return start(
                transport, frontend, List.of(backend.apply(BackendConfig.builder("app")).build()));
    }

    static ProxyFixture start(
            Transport transport,
            TlsProvider tls,
            UnaryOperator<FrontendConfig.Builder> frontend,
            UnaryOperator<BackendConfig.Builder> backend)
            throws ProxyStartException {
        return new ProxyFixture(
                transport,
                tls,
                frontend,
                List.of(backend.apply(BackendConfig.builder("app")).build()));
    }

    /** In front of several backends, of which "app" is the frontend's default. */
    static ProxyFixture start(
            Transport transport,
            UnaryOperator<FrontendConfig.Builder> frontend,
            List<BackendConfig> backends)
            throws ProxyStartException {
        return new ProxyFixture(transport, TlsProvider.JDK, frontend, backends);
    }

    /** In front of unchecked servers at these local ports, in this order. */
    static ProxyFixture start(Transport transport, int... serverPorts) throws ProxyStartException {
        return start(transport, frontend -> frontend, backend -> backend.servers(at(serverPorts)));
    }

    /** Unchecked servers s1, s2, ... at these local ports. */
    static List<ServerConfig> at(int... ports) {
        List<ServerConfig> servers = new ArrayList<>();
        for (int port : ports) {
            servers.add(
                    ServerConfig.builder("s" + (servers.size() + 1), "127.0.0.1", port).build());
        }
        return servers;
    }

    TcpProxy proxy() {
        return proxy;
    }

    ProxyConfig config() {
        return config;
    }

    InetSocketAddress address() {
        return proxy.boundAddresses("web").get(0);
    }

    /** A client's connection to the proxy that gives up after 10 s without a byte. */
    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(address(), 10_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Connects and expects RST, which may come as early as during the connect. */
    void assertResetsItsClients() {
        assertThrows(
                SocketException.class,
                () -> {
                    try (Socket client = connect()) {
                        client.getInputStream().read();
                    }
                });
    }

    @Override
    public void onSessionEnd(SessionEnd end) {
        ends.add(end);
    }

    /** The next session's end, which must come within 10 s. */
    SessionEnd awaitEnd() throws InterruptedException {
        SessionEnd end = ends.poll(10, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("No session has ended within 10 s");
        }
        return end;
    }

    @Override
    public void close() {
        proxy.close();
    }
}
