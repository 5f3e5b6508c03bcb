package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.NameserverConfig;
import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerAddress;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.peers.PeerState;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A proxy in a process of few descriptors. Its arguments are its transport and ports: of its server, of the name server by which that
 * one is found, its own for peers and that of a peer; 0 for none of them. Says its port, then does what its standard input says, a line
 * for a line: {@code hog} opens all descriptors that are left, {@code free} closes those, {@code tell} says what was counted.
 */
final class ShortageMain {
    private ShortageMain() {}

    public static void main(String[] arguments) throws Exception {
        int nameserverPort = Integer.parseInt(arguments[2]);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger over = new AtomicInteger();
        BackendConfig backend =
                BackendConfig.builder("app")
                        .connectTimeout(Duration.ofSeconds(5))
                        .checkTimeout(Duration.ofSeconds(5))
                        .server(
                                server(Integer.parseInt(arguments[1]), nameserverPort)
                                        .check(
                                                CheckConfig.builder()
                                                        .inter(Duration.ofMillis(250))
                                                        .fall(2)
                                                        .build())
                                        .build())
                        .build();
        FrontendConfig frontend =
                FrontendConfig.builder("web").bind("127.0.0.1", 0).defaultBackend("app").build();
        try (TcpProxy proxy =
                        TcpProxy.builder()
                                .config(
                                        ProxyConfig.builder()
                                                .frontends(frontend)
                                                .backends(backend)
                                                .resolvers(resolvers(nameserverPort))
                                                .peers(peers(arguments))
                                                .build())
                                .eventLoops(2)
                                .transport(Transport.valueOf(arguments[0]))
                                .drainTimeout(Duration.ZERO)
                                .observer(
                                        new ProxyObserver() {
                                            @Override
                                            public void onHealthChange(
                                                    Backend changed,
                                                    Server of,
                                                    HealthTransition transition) {
                                                System.err.println(of + ": " + transition);
                                            }

                                            @Override
                                            public void onDescriptorShortage(
                                                    boolean begins, String cause) {
                                                (begins ? begun : over).incrementAndGet();
                                            }
                                        })
                                .build();
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in))) {
            proxy.start();
            Server server = proxy.backend("app").servers().get(0);
            Await.until("the first check passes", proxy.backend("app")::hasUsable);
            System.out.println(proxy.boundAddresses("web").get(0).getPort());
            List<FileInputStream> hogged = new ArrayList<>();
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                switch (line) {
                    case "hog" -> hog(hogged);
                    case "free" -> {
                        for (FileInputStream one : hogged) {
                            one.close();
                        }
                        hogged.clear();
                    }
                    default -> {
                        // What was counted is said below.
                    }
                }
                ProxySnapshot snapshot = proxy.snapshot();
                ServerAddress address = server.address();
                long refused =
                        snapshot.shedConnections()
                                + snapshot.ends().getOrDefault(TerminationCause.RESOURCES, 0L);
                System.out.println(
                        String.join(
                                " ",
                                "address=" + (address == null ? "-" : address.ip()),
                                "active=" + snapshot.activeSessions(),
                                "refused=" + refused,
                                "errors=" + snapshot.acceptErrors(),
                                "begun=" + begun.get(),
                                "over=" + over.get(),
                                "usable=" + server.isUsable(),
                                "peers="
                                        + proxy.peers().stream()
                                                .map(PeerState::detail)
                                                .collect(Collectors.joining())));
            }
        }
    }

    private static ServerConfig.Builder server(int port, int nameserverPort) {
        return nameserverPort == 0
                ? ServerConfig.builder("s1", "127.0.0.1", port)
                : NamedServers.server("s1", "web.test", port);
    }

    /** A name server that is asked by TCP all the time, and whose silence counts at once. */
    private static List<ResolversConfig> resolvers(int port) {
        return port == 0
                ? List.of()
                : List.of(
                        ResolversConfig.builder("dns")
                                .nameserver(new NameserverConfig("local", "127.0.0.1", port, true))
                                .resolveTimeout(Duration.ofMillis(30))
                                .retryTimeout(Duration.ofMillis(200))
                                .retries(1)
                                .hold(ResolveFailure.TIMEOUT, Duration.ZERO)
                                .build());
    }

    private static List<PeersConfig> peers(String[] arguments) {
        int own = Integer.parseInt(arguments[3]);
        return own == 0
                ? List.of()
                : List.of(
                        PeersConfig.builder("mesh", "here")
                                .bind(new BindAddress("127.0.0.1", own))
                                .peer("there", "127.0.0.1", Integer.parseInt(arguments[4]))
                                .build());
    }

    private static void hog(List<FileInputStream> hogged) {
        // A check that is under way gives its descriptor back: only some failures in a row mean
        // that none is left.
        for (int failures = 0; failures < 100; ) {
            try {
                hogged.add(new FileInputStream("/dev/null"));
                failures = 0;
            } catch (IOException e) {
                failures++;
                Thread.onSpinWait();
            }
        }
    }
}
