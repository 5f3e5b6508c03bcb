package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.UnicastPeer;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unicast and IPv6 with the keepalived of the distribution: Evenkeel is host 1, keepalived host 2. */
@RootTest(programs = Keepalived.PROGRAM)
class KeepalivedWaysIT extends LanFixture {
    private static final String GROUP = "224.0.0.99";

    /** How the two speak. */
    enum Kind {
        IPV4_UNICAST_V3(255, "10.9.0.", List.of("10.9.0.100", "10.9.0.101")),
        IPV4_OTHER_GROUP(255, "", List.of("10.9.0.100")),
        // keepalived 2.2.7 leaves the hop limit of unicast to the kernel.
        IPV6_UNICAST(64, "fd09::", List.of("fe80::100", "fd09::100")),
        IPV6_UNICAST_LINK_LOCAL(64, "fe80::", List.of("fe80::100"));

        final int ttl;
        final String prefix;
        final List<String> addresses;

        /**
         * @param ttl what keepalived sends with
         * @param prefix what the addresses of the hosts begin with, empty for multicast
         */
        Kind(int ttl, String prefix, List<String> addresses) {
            this.ttl = ttl;
            this.prefix = prefix;
            this.addresses = addresses;
        }

        private boolean isOtherGroup() {
            return this == IPV4_OTHER_GROUP;
        }

        String keepalived(int priority) {
            String way =
                    prefix.isEmpty()
                            ? (isOtherGroup() ? "mcast_dst_ip " + GROUP + "\n" : "")
                            : "unicast_src_ip %s2\nunicast_peer {\n%s1\n}\n"
                                    .formatted(prefix, prefix);
            String addressBlock = "virtual_ipaddress {\n" + String.join("\n", addresses) + "\n}";
            return Keepalived.instance("VI_1", "eth0", 51, priority, "0.1", way + addressBlock);
        }

        VirtualRouterConfig evenkeel(int priority) {
            VirtualRouterConfig.Builder builder =
                    router("VI_1", "eth0", 51, addresses.toArray(String[]::new))
                            .priority(priority)
                            .advertisementInterval(Duration.ofMillis(100));
            if (isOtherGroup()) {
                builder.destinations(Destinations.multicast(IpAddress.parse(GROUP)));
            }
            if (!prefix.isEmpty()) {
                IpAddress peer = IpAddress.parse(prefix + "2");
                builder.sourceAddress(IpAddress.parse(prefix + "1"))
                        .destinations(
                                Destinations.unicast(List.of(new UnicastPeer(peer, ttl, ttl)))
                                        .onlyPeers());
            }
            return builder.build();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Kind.class)
    void theAddressesGoFromOneToTheOtherAndBack(Kind way) throws Exception {
        Keepalived keepalived = startKeepalived(3, way.keepalived(90));
        VrrpService high = start(1, way.evenkeel(100));
        awaitOwner(1, way);
        awaitState(high, VrrpState.ACTIVE);
        high.close();
        awaitOwner(2, way);
        VrrpService low = start(1, way.evenkeel(80));
        Conditions.await("keepalived to be heard", () -> received(low) > 0);
        awaitState(low, VrrpState.BACKUP);
        assertEquals(90, router(low).peers().get(0).priority());
        keepalived.close();
        awaitOwner(1, way);
        assertEquals(0, router(low).sendFailures());
    }

    private void awaitOwner(int host, Kind way) throws Exception {
        for (String address : way.addresses) {
            lan.awaitOwner(host, address);
        }
    }

    private static long received(VrrpService service) {
        return router(service).counters().advertisementsReceived();
    }
}
