package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A LAN of three hosts, of which two may run routers with virtual MAC addresses and the third one is their neighbour. */
final class VirtualMacLan {
    static final int NEIGHBOUR = 3;
    static final String MAC = "00:00:5e:00:01:33";
    static final String MAC_6 = "00:00:5e:00:02:33";

    private static final Pattern LINK_LAYER_ADDRESS = Pattern.compile("lladdr (\\S+)");
    private static final Pattern ETHERNET = Pattern.compile("link/ether (\\S+)");

    final Lan lan = new Lan(3);
    private final List<VrrpService> services = new ArrayList<>();

    VirtualMacLan() throws Exception {}

    /** A router of VRID 51 on eth0 that has its addresses on vrrp.51 or vrrp6.51. */
    static VirtualRouterConfig.Builder router(int priority, String... addresses) {
        String name = addresses[0].contains(":") ? "vrrp6.51" : "vrrp.51";
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(51)
                .interfaceName("eth0")
                .priority(priority)
                .advertisementInterval(Duration.ofMillis(100))
                .addresses(
                        Stream.of(addresses).map(IpAddress::parse).map(VirtualAddress::of).toList())
                .host(HostSettings.NONE.withVirtualMac(VirtualMac.on(name)));
    }

    VrrpService start(int host, VirtualRouterConfig... routers) throws Exception {
        VrrpServiceBuilder builder = VrrpService.builder();
        Stream.of(routers).forEach(builder::router);
        VrrpService service = builder.build();
        services.add(service);
        lan.host(host)
                .call(
                        () -> {
                            service.start();
                            return service;
                        });
        return service;
    }

    static void awaitState(VrrpService service, VrrpState state) throws Exception {
        Conditions.await(
                state.toString(), () -> service.snapshot().routers().get(0).state() == state);
    }

    /** Waits until the neighbour's echo request to the address is answered. */
    void awaitReachable(String address) throws Exception {
        Conditions.await(address + " to answer", () -> isReachable(address));
    }

    private boolean isReachable(String address) throws Exception {
        Namespace neighbour = lan.host(NEIGHBOUR);
        // By number, because the JVM looks names up in the namespace of its first thread.
        String index = neighbour.ip("-o link show eth0").split(":", 2)[0];
        String scoped = address.startsWith("fe80") ? address + "%" + index : address;
        return neighbour.call(() -> InetAddress.getByName(scoped).isReachable(1_000));
    }

    /** The MAC address under which the neighbour knows the address, empty if under none. */
    String knownMac(String address) throws Exception {
        Matcher matcher =
                LINK_LAYER_ADDRESS.matcher(
                        lan.host(NEIGHBOUR).ip("neigh show " + address + " dev eth0"));
        return matcher.find() ? matcher.group(1) : "";
    }

    void forgetNeighbours() throws Exception {
        lan.host(NEIGHBOUR).ip("neigh flush all");
        lan.host(NEIGHBOUR).ip("-6 neigh flush all");
    }

    /** The MAC address of the host's eth0. */
    String macOf(int host) throws Exception {
        Matcher matcher = ETHERNET.matcher(lan.host(host).ip("-o link show eth0"));
        return matcher.find() ? matcher.group(1) : "";
    }

    boolean isSwitchedOn(int host, String interfaceName) throws Exception {
        return lan.host(host).ip("-o link show " + interfaceName).contains(",UP");
    }

    /** Waits until this host and no other one has the address on the interface. */
    void awaitOwner(int host, String address, String interfaceName) throws Exception {
        Conditions.await(
                address + " on " + interfaceName + " of host " + host + " alone",
                () -> {
                    for (int other = 1; other < NEIGHBOUR; other++) {
                        String family = address.contains(":") ? "inet6 " : "inet ";
                        boolean there =
                                lan.host(other)
                                        .ip("-o addr show")
                                        .lines()
                                        .filter(l -> l.contains(" " + interfaceName + " "))
                                        .anyMatch(l -> l.contains(family + address + "/"));
                        if (there != (other == host)) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    void close() throws Exception {
        services.forEach(VrrpService::close);
        lan.close();
    }
}
