package io.evenkeel.examples.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.netty.TcpProxy;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpState;
import io.evenkeel.vrrp.netlink.AddressHolder;
import io.evenkeel.vrrp.netlink.VrrpNetwork;
import io.evenkeel.vrrp.netlink.VrrpService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The embedding samples do what they say, on loopback and without privileges. */
@Timeout(60)
class EmbeddingSamplesTest {
    private static final String VIRTUAL_ADDRESS = "127.90.0.100";

    @Test
    void floatingAddressIsHeldByTheOnlyNodeAndGivenBackAtClose() throws Exception {
        Holder holder = new Holder();
        BlockingQueue<VrrpState> states = new LinkedBlockingQueue<>();
        try (VrrpService service =
                FloatingAddress.start(
                        loopback("127.90.1.1", "127.90.1.2", holder),
                        "lo",
                        VIRTUAL_ADDRESS,
                        event -> note(event, states))) {
            awaitState(states, VrrpState.ACTIVE);
            assertEquals("acquired " + VIRTUAL_ADDRESS, holder.next());
            assertNotNull(service.snapshot());
        }
        assertEquals("released " + VIRTUAL_ADDRESS, holder.next());
    }

    @Test
    void balancerUsesEveryServer() throws Exception {
        HttpServer one = server("one");
        HttpServer two = server("two");
        try (TcpProxy proxy =
                Balancer.start("127.0.0.1", 0, List.of(one.getAddress(), two.getAddress()))) {
            Set<String> answers = new HashSet<>();
            while (answers.size() < 2) {
                answers.add(get(proxy.boundAddresses("web").get(0)));
            }
            assertEquals(Set.of("one", "two"), answers);
        } finally {
            one.stop(0);
            two.stop(0);
        }
    }

    @Test
    void serviceBalancerStartsBeforeItsServiceIsFound() throws Exception {
        InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", 9);
        try (TcpProxy proxy =
                ServiceBalancer.start("127.0.0.1", 0, nobody, "_http._tcp.example.net")) {
            assertEquals(ServiceBalancer.PLACES, proxy.backend("servers").servers().size());
            assertEquals(0, proxy.backend("servers").pool().usableCount());
        }
    }

    @Test
    void floatingBalancerLosesTheAddressWithItsLastServer() throws Exception {
        HttpServer server = server("mine");
        HttpServer other = server("other");
        Holder firstHolder = new Holder();
        BlockingQueue<VrrpState> first = new LinkedBlockingQueue<>();
        BlockingQueue<VrrpState> second = new LinkedBlockingQueue<>();
        try (FloatingBalancer better =
                        new FloatingBalancer(
                                loopback("127.90.2.1", "127.90.2.2", firstHolder),
                                router(150),
                                proxyTo(server.getAddress()),
                                event -> note(event, first));
                FloatingBalancer worse =
                        new FloatingBalancer(
                                loopback("127.90.2.2", "127.90.2.1", new Holder()),
                                router(100),
                                proxyTo(other.getAddress()),
                                event -> note(event, second))) {
            better.start();
            awaitState(first, VrrpState.ACTIVE);
            worse.start();
            assertEquals("acquired " + VIRTUAL_ADDRESS, firstHolder.next());

            server.stop(0);

            awaitState(first, VrrpState.BACKUP);
            assertEquals("released " + VIRTUAL_ADDRESS, firstHolder.next());
            awaitState(second, VrrpState.ACTIVE);
        } finally {
            other.stop(0);
        }
    }

    private static VirtualRouterConfig router(int priority) {
        return VirtualRouterConfig.builder("web")
                .interfaceName("lo")
                .virtualRouterId(52)
                .priority(priority)
                .advertisementInterval(Duration.ofMillis(50))
                .addresses(List.of(VirtualAddress.of(IpAddress.parse(VIRTUAL_ADDRESS))))
                .build();
    }

    private static ProxyConfig proxyTo(InetSocketAddress server) {
        CheckConfig check = CheckConfig.builder().inter(Duration.ofMillis(50)).build();
        return new ProxyConfig(
                List.of(
                        FrontendConfig.builder("web")
                                .bind("127.0.0.1", 0)
                                .defaultBackend("servers")
                                .build()),
                List.of(
                        BackendConfig.builder("servers")
                                .server(
                                        ServerConfig.builder(
                                                        "s",
                                                        server.getHostString(),
                                                        server.getPort())
                                                .check(check)
                                                .build())
                                .build()));
    }

    private static VrrpNetwork loopback(String local, String peer, AddressHolder holder) {
        return VrrpNetwork.loopback(
                new InetSocketAddress(local, 20112),
                List.of(new InetSocketAddress(peer, 20112)),
                holder);
    }

    private static void note(VrrpEvent event, BlockingQueue<VrrpState> states) {
        if (event instanceof VrrpEvent.StateChanged change) {
            states.add(change.to());
        }
    }

    private static void awaitState(BlockingQueue<VrrpState> states, VrrpState wanted)
            throws InterruptedException {
        VrrpState state;
        do {
            state = states.poll(20, TimeUnit.SECONDS);
            assertNotNull(state, "the router never became " + wanted);
        } while (state != wanted);
    }

    private static HttpServer server(String name) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        byte[] answer = name.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static String get(InetSocketAddress address) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/");
        HttpResponse<String> response =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                                HttpResponse.BodyHandlers.ofString());
        assertTrue(response.statusCode() == 200, "status " + response.statusCode());
        return response.body();
    }

    /** Remembers what was given and taken, in order. */
    private static final class Holder implements AddressHolder {
        private final BlockingQueue<String> moves = new LinkedBlockingQueue<>();

        @Override
        public void acquire(VirtualAddress address) {
            moves.add("acquired " + address.address());
        }

        @Override
        public void release(VirtualAddress address) {
            moves.add("released " + address.address());
        }

        String next() throws InterruptedException {
            String move = moves.poll(20, TimeUnit.SECONDS);
            assertNotNull(move, "the address was neither acquired nor released");
            return move;
        }
    }
}
