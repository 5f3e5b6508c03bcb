package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Balance;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.TrackedServer;
import io.evenkeel.lb.UdpFrontendConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What udp-lb sections mean. */
class UdpSectionTest {
    @Test
    void aSectionIsAFrontendAndItsBackend() {
        HaproxyConfig config =
                HaproxyConfigReader.read(
                        "f",
                        """
                        defaults
                            timeout client 1s
                            balance leastconn
                        udp-lb dns
                            dgram-bind 192.0.2.1:53,[2001:db8::1]:53 maxconn 500 transparent
                            proxy-requests 2
                            proxy-responses 1
                            maxconn 1000
                            accepted-payload-size 1232
                            timeout client 5s
                            timeout server 3s
                            balance source
                            hash-type consistent
                            default-server weight 7
                            server a 192.0.2.11:53 check port 8053
                            server b 192.0.2.12
                        """);
        assertEquals(
                List.of(
                        UdpFrontendConfig.builder("dns")
                                .bind("192.0.2.1", 53)
                                .bind("2001:db8::1", 53)
                                .backend("dns")
                                .requests(2)
                                .responses(1)
                                .maxSessions(500)
                                .maxDatagramBytes(1232)
                                .idleTimeout(Duration.ofSeconds(5))
                                .build()),
                config.proxy().udpFrontends());
        BackendConfig backend = config.proxy().backends().get(0);
        assertEquals("dns", backend.name());
        assertEquals(Balance.ring(BalanceKey.SOURCE), backend.balance());
        assertEquals(3_000_000_000L, backend.serverTimeoutNanos());
        assertEquals(53, backend.servers().get(1).port());
        assertEquals(7, backend.servers().get(1).weight());
        assertEquals(List.of(), config.proxy().frontends());
        assertEquals(List.of(), config.warnings());
    }

    @Test
    void nothingIsInheritedFromDefaults() {
        HaproxyConfig config =
                HaproxyConfigReader.read(
                        "f",
                        """
                        defaults
                            timeout client 1s
                            timeout server 2s
                            balance leastconn
                            maxconn 7
                        udp-lb syslog
                            dgram-bind 192.0.2.1:514
                            server a 192.0.2.11:514
                        """);
        assertEquals(
                UdpFrontendConfig.builder("syslog")
                        .bind("192.0.2.1", 514)
                        .backend("syslog")
                        .build(),
                config.proxy().udpFrontends().get(0));
        assertEquals(Balance.roundRobin(), config.proxy().backends().get(0).balance());
        assertEquals(0, config.proxy().backends().get(0).serverTimeoutNanos());
    }

    /** The same port over TCP and UDP, where the health of a server is that of its TCP side. */
    @Test
    void itsServersMayFollowTheHealthOfOthers() {
        HaproxyConfig config =
                HaproxyConfigReader.read(
                        "f",
                        """
                        defaults
                            timeout client 1s
                            timeout connect 1s
                            timeout server 1s
                        listen tcp
                            bind 192.0.2.1:53
                            server a 192.0.2.11:53 check
                        udp-lb udp
                            dgram-bind 192.0.2.1:53
                            server a 192.0.2.11:53 track tcp/a
                        """);
        assertEquals(
                new TrackedServer("tcp", "a"),
                config.proxy().backend("udp").servers().get(0).tracked());
        assertEquals(List.of(), config.warnings());
    }

    @Test
    void aDisabledSectionReceivesNothing() {
        HaproxyConfig config =
                HaproxyConfigReader.read(
                        "f",
                        """
                        udp-lb off
                            disabled
                            dgram-bind 192.0.2.1:53
                            server a 192.0.2.11:53
                        """);
        assertTrue(config.proxy().udpFrontends().isEmpty());
    }
}
