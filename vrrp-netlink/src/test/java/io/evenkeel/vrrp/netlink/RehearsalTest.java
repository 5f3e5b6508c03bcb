package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.Authentication;
import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.HmacAuthentication;
import io.evenkeel.vrrp.HmacKey;
import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.Preemption;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.UnicastPeer;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the configuration, the rehearsal ends soon and without an error. */
class RehearsalTest {
    @Test
    void everyKindOfConfigurationCanBeRehearsed() {
        VirtualRouterConfig.Builder plain = LoopbackNode.config(100, Duration.ofSeconds(1));
        List<VirtualRouterConfig> configs =
                List.of(
                        plain.build(),
                        LoopbackNode.config(255, Duration.ofMillis(10)).build(),
                        LoopbackNode.config(1, Duration.ofMillis(40_950)).build(),
                        LoopbackNode.config(254, Duration.ofSeconds(1))
                                .version(VrrpVersion.V2)
                                .authentication(Authentication.password("secret"))
                                .build(),
                        LoopbackNode.config(100, Duration.ofSeconds(1))
                                .preemption(Preemption.NEVER)
                                .startDelay(Duration.ofHours(1))
                                .trackers(List.of(new Tracker("fatal", 0), new Tracker("soft", 5)))
                                .fastHandover(false)
                                .build(),
                        LoopbackNode.config(100, Duration.ofSeconds(1))
                                .preemption(Preemption.after(Duration.ofSeconds(300)))
                                .build(),
                        LoopbackNode.config(100, Duration.ofMillis(100))
                                .destinations(
                                        Destinations.unicast(
                                                        List.of(
                                                                UnicastPeer.of(
                                                                        address("192.0.2.9"))))
                                                .onlyPeers())
                                .hmac(HmacAuthentication.enforcing(HmacKey.of(1, new byte[32])))
                                .build(),
                        LoopbackNode.config(100, Duration.ofMillis(100))
                                .addresses(List.of(VirtualAddress.of(address("fe80::100"))))
                                .build(),
                        LoopbackNode.config(100, Duration.ofSeconds(1))
                                .host(
                                        HostSettings.NONE
                                                .withRoutes(List.of(RouteKeeperTest.VIA_7))
                                                .withRules(List.of(RouteKeeperTest.RULE)))
                                .build());
        long started = System.nanoTime();
        for (long tolerance : new long[] {0, 250_000_000L}) {
            try (Heartbeat heartbeat = new Heartbeat(new JnaLibc(), tolerance, Runnable::run)) {
                configs.forEach(config -> Rehearsal.play(config, heartbeat));
            }
        }
        assertTrue(System.nanoTime() - started < 20_000_000_000L);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text);
    }
}
