package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A LAN of two hosts for each test, and the services and keepaliveds that the test runs on them. */
abstract class LanFixture {
    @TempDir private Path directory;
    private final List<VrrpService> services = new ArrayList<>();
    private final List<Keepalived> keepaliveds = new ArrayList<>();
    Lan lan;

    @BeforeEach
    void openLan() throws Exception {
        lan = new Lan(2);
    }

    @AfterEach
    void closeLan() throws Exception {
        services.forEach(VrrpService::close);
        for (Keepalived keepalived : keepaliveds) {
            keepalived.close();
        }
        lan.close();
    }

    /** A service that is not started yet. */
    VrrpService service(VrrpServiceBuilder builder) {
        VrrpService service = builder.build();
        services.add(service);
        return service;
    }

    VrrpService service(VirtualRouterConfig config) {
        return service(VrrpService.builder().router(config));
    }

    VrrpService start(int host, VrrpServiceBuilder builder) throws Exception {
        return start(host, service(builder));
    }

    VrrpService start(int host, VirtualRouterConfig config) throws Exception {
        return start(host, service(config));
    }

    VrrpService start(int host, VrrpService service) throws Exception {
        return lan.host(host)
                .call(
                        () -> {
                            service.start();
                            return service;
                        });
    }

    /** Starts keepalived on host 2, with that version unless an instance says otherwise. */
    Keepalived startKeepalived(int version, String instances) throws Exception {
        Keepalived keepalived = new Keepalived(lan.host(2), directory, version, instances);
        keepaliveds.add(keepalived);
        return keepalived;
    }

    /** Advertises ten times a second with priority 100 unless told otherwise. */
    static VirtualRouterConfig.Builder router(
            String name, String interfaceName, int vrid, String... addresses) {
        return VirtualRouterConfig.builder(name)
                .virtualRouterId(vrid)
                .interfaceName(interfaceName)
                .priority(100)
                .advertisementInterval(Duration.ofMillis(100))
                .addresses(addresses(addresses));
    }

    static List<VirtualAddress> addresses(String... addresses) {
        return Stream.of(addresses).map(IpAddress::parse).map(VirtualAddress::of).toList();
    }

    /** The first router of a service. */
    static RouterSnapshot router(VrrpService service) {
        return service.snapshot().routers().get(0);
    }

    static void awaitState(VrrpService service, VrrpState state) throws Exception {
        Conditions.await(state.toString(), () -> router(service).state() == state);
    }
}
