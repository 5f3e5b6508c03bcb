package io.evenkeel.examples.embedding;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.netlink.VrrpListener;
import io.evenkeel.vrrp.netlink.VrrpNetwork;
import io.evenkeel.vrrp.netlink.VrrpService;
import io.evenkeel.vrrp.netlink.VrrpStartException;
import java.time.Duration;
import java.util.List;

/** VRRP alone: this application holds an address while it is the best of those that want it. Start it on two hosts. */
public final class FloatingAddress {
    private FloatingAddress() {}

    /** Starts to compete for the address; closing the service hands it over. */
    static VrrpService start(
            VrrpNetwork network, String interfaceName, String address, VrrpListener listener)
            throws VrrpStartException {
        VirtualRouterConfig router =
                VirtualRouterConfig.builder("web")
                        .interfaceName(interfaceName)
                        .virtualRouterId(51)
                        .priority(100)
                        .advertisementInterval(Duration.ofMillis(100))
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse(address))))
                        .build();
        VrrpService service =
                VrrpService.builder().network(network).router(router).listener(listener).build();
        service.start();
        return service;
    }

    /** Takes the name of an interface and an address, such as {@code eth0 192.168.1.100}. */
    public static void main(String[] args) throws Exception {
        VrrpService service =
                start(
                        VrrpNetwork.linux(),
                        args[0],
                        args[1],
                        event -> System.out.println(event.sentence()));
        System.in.read();
        service.close();
    }
}
