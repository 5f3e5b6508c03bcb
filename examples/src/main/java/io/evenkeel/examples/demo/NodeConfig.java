package io.evenkeel.examples.demo;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A node's two configurations, as an application would build them. */
record NodeConfig(int priority, String address, String interfaceName, Map<String, String> servers) {
    static final String ROUTER = "demo";
    static final String BACKEND = "servers";

    private static final int VIRTUAL_ROUTER_ID = 51;

    /** The virtual router that holds the address. */
    VirtualRouterConfig router() {
        String host = socketAddress(address).getAddress().getHostAddress();
        return VirtualRouterConfig.builder(ROUTER)
                .virtualRouterId(VIRTUAL_ROUTER_ID)
                .interfaceName(interfaceName)
                .priority(priority)
                .advertisementInterval(Duration.ofNanos(Timing.ADVERTISEMENT_INTERVAL))
                .addresses(List.of(VirtualAddress.of(IpAddress.parse(host))))
                .build();
    }

    /** The balancer behind it: round robin over HTTP-checked servers. */
    ProxyConfig proxy() {
        InetSocketAddress listen = socketAddress(address);
        CheckConfig check =
                CheckConfig.builder()
                        .inter(Duration.ofNanos(Timing.CHECK_INTERVAL))
                        .rise(Timing.CHECK_RISE)
                        .fall(Timing.CHECK_FALL)
                        .build();
        BackendConfig.Builder backend =
                BackendConfig.builder(BACKEND)
                        .connectTimeout(Duration.ofSeconds(1))
                        .serverTimeout(Duration.ofSeconds(5))
                        .checkTimeout(Duration.ofNanos(Timing.CHECK_INTERVAL))
                        .httpCheck(HttpCheck.builder().method("GET").build());
        new TreeMap<>(servers)
                .forEach(
                        (name, text) -> {
                            InetSocketAddress server = socketAddress(text);
                            backend.server(
                                    ServerConfig.builder(
                                                    name, server.getHostString(), server.getPort())
                                            .check(check)
                                            .build());
                        });
        FrontendConfig frontend =
                FrontendConfig.builder("web")
                        .bind(listen.getHostString(), listen.getPort())
                        .defaultBackend(BACKEND)
                        .clientTimeout(Duration.ofSeconds(5))
                        .build();
        return new ProxyConfig(List.of(frontend), List.of(backend.build()));
    }

    /** {@code HOST:PORT} with an IPv4 address. */
    static InetSocketAddress socketAddress(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
