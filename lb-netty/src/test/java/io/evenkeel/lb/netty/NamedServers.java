package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ProxyLimits;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerAddress;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerResolution;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A proxy with one frontend "web", one backend "app" and resolvers "dns", whose servers are found by name. */
final class NamedServers implements AutoCloseable, ProxyObserver {
    /** How a name is resolved in these tests: no address at the start is no failure. */
    static final ServerResolution IPV4 = ServerResolution.by("dns").withPreferIpv4(true);

    private final Queue<String> changes = new ConcurrentLinkedQueue<>();
    private final TcpProxy proxy;

    private NamedServers(Transport transport, ProxyConfig config) {
        proxy =
                TcpProxy.builder()
                        .config(config)
                        .eventLoops(2)
                        .transport(transport)
                        .drainTimeout(Duration.ZERO)
                        .observer(this)
                        .build();
    }

    static NamedServers start(Transport transport, ProxyConfig config) throws ProxyStartException {
        NamedServers started = new NamedServers(transport, config);
        started.proxy.start();
        return started;
    }

    /** As {@link #resolvers}, of a name server that is not to be waited for. */
    static ResolversConfig.Builder impatientResolvers(int port) {
        return resolvers(port).retryTimeout(Duration.ofMillis(200));
    }

    /** Names are asked about all the time, and nothing is held that does not have to be. */
    static ResolversConfig.Builder resolvers(int port) {
        return ResolversConfig.builder("dns")
                .nameserver("local", "127.0.0.1", port)
                .resolveTimeout(Duration.ofMillis(30))
                .retryTimeout(Duration.ofSeconds(1))
                .retries(2)
                .hold(ResolveFailure.NX, Duration.ZERO);
    }

    static ProxyConfig config(ResolversConfig.Builder resolvers, ServerConfig... servers) {
        return new ProxyConfig(
                List.of(
                        FrontendConfig.builder("web")
                                .bind("127.0.0.1", 0)
                                .defaultBackend("app")
                                .build()),
                List.of(
                        BackendConfig.builder("app")
                                .servers(List.of(servers))
                                .connectTimeout(Duration.ofSeconds(5))
                                .retries(0)
                                .build()),
                ProxyLimits.DEFAULT,
                List.of(),
                List.of(resolvers.build()),
                List.of());
    }

    static ServerConfig.Builder server(String name, String host, int port) {
        return ServerConfig.builder(name, host, port).resolution(IPV4);
    }

    TcpProxy proxy() {
        return proxy;
    }

    Backend backend() {
        return proxy.backend("app");
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(proxy.boundAddresses("web").get(0), 10_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Which server a new connection comes to: its address, or "nobody". */
    String reached() throws IOException {
        try (Socket client = connect()) {
            return hello(client);
        } catch (java.net.SocketException e) {
            return "nobody";
        }
    }

    /** What a server says first. */
    static String hello(Socket client) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = client.getInputStream().read();
                c >= 0 && c != '\n';
                c = client.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    static void assertEchoes(Socket client) throws IOException {
        client.getOutputStream().write('x');
        assertEquals('x', client.getInputStream().read());
    }

    /** {@code s1=127.0.0.2 s2=-}. */
    String places() {
        return backend().servers().stream()
                .map(server -> server.name() + "=" + address(server))
                .collect(Collectors.joining(" "));
    }

    private static String address(Server server) {
        ServerAddress address = server.address();
        return address == null ? "-" : address.ip().toString();
    }

    void awaitPlaces(String expected) throws Exception {
        try {
            Await.until(expected, () -> places().equals(expected));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", but " + places(), e);
        }
        // Waits for the change to be over: its pool is made, and observers have heard of it.
        backend().nextDeadlineNanos();
    }

    /** Those of addresses, as {@code s1: 127.0.0.2 -> -, because}, and of health. */
    List<String> changes() {
        return List.copyOf(changes);
    }

    @Override
    public void onAddressChange(
            Backend backend,
            Server server,
            @Nullable ServerAddress before,
            @Nullable ServerAddress now,
            String cause) {
        changes.add(
                server.name()
                        + ": "
                        + (before == null ? "-" : before.ip())
                        + " -> "
                        + (now == null ? "-" : now.ip())
                        + ", "
                        + cause);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
