package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.RedisConfig;
import io.evenkeel.lb.ServerConfig;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** A proxy in a JVM that has no Lettuce: prints what it says to a store, and then what a client gets who comes without one. */
final class WithoutLettuceMain {
    private WithoutLettuceMain() {}

    /** @param args the port of a server */
    public static void main(String[] args) throws Exception {
        RedisConfig store = RedisConfig.builder("192.0.2.9", 6379).build();
        try {
            TcpProxy.builder()
                    .config(config(args[0], PeersConfig.builder("mesh", "lb1").store(store)))
                    .build();
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
        ProxyConfig alone = config(args[0], PeersConfig.builder("mesh", "lb1"));
        try (TcpProxy proxy =
                TcpProxy.builder().config(alone).drainTimeout(Duration.ZERO).build()) {
            proxy.start();
            try (Socket client = new Socket()) {
                client.connect(proxy.boundAddresses("web").get(0));
                System.out.println(new String(client.getInputStream().readAllBytes()));
            }
        }
    }

    private static ProxyConfig config(String port, PeersConfig.Builder peers) {
        ServerConfig server =
                ServerConfig.builder("one", "127.0.0.1", Integer.parseInt(port)).build();
        return ProxyConfig.builder()
                .frontends(
                        FrontendConfig.builder("web")
                                .bind("127.0.0.1", 0)
                                .defaultBackend("app")
                                .build())
                .backends(BackendConfig.builder("app").server(server).build())
                .peers(List.of(peers.build()))
                .build();
    }
}
