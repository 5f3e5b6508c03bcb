package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** All clients of an Active that is lost come to the Backup at once. */
class TakeoverIT extends LabTest {
    private static final String VIP = "192.168.1.100";
    private static final int CLIENTS = 10_000;
    private static final int MAX_CONNECTIONS = 20;

    private static final String KEEPALIVED =
            """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                version 3
                advert_int 0.1
                priority %d
                virtual_ipaddress {
                    192.168.1.100
                }
            }
            """;

    private static final String HAPROXY =
            """
            defaults
                timeout client 60s
                timeout server 60s
                timeout connect 60s
                timeout queue 60s
            frontend web
                bind 192.168.1.100:80
                rate-limit sessions 4000
                default_backend servers
            backend servers
                balance leastconn
                server one 192.168.1.101:80 maxconn 20
                server two 192.168.1.102:80 maxconn 20
            """;

    @Test
    void tenThousandClientsAreServedNoServerHasTooManyAndTheAddressStays() throws Exception {
        createLab("tcpdump", "keepalived");
        LabHost lost = lab().addHost("lost", "eth0", "192.168.1.11/24");
        LabHost next = lab().addHost("next", "eth0", "192.168.1.12/24");
        LabHost last = lab().addHost("last", "eth0", "192.168.1.13/24");
        LabHost clientHost = lab().addHost("client", "eth0", "192.168.1.50/24");
        List<CountingServer> servers = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            LabHost host = lab().addHost("server" + i, "eth0", "192.168.1.10" + i + "/24");
            servers.add(closing(CountingServer.start(host, 80)));
        }
        List<Node> nodes =
                List.of(
                        new StockNode(lost, KEEPALIVED.formatted(200), null, List.of()),
                        new EvenkeelNode(next, KEEPALIVED.formatted(100), HAPROXY, List.of()),
                        new StockNode(last, KEEPALIVED.formatted(50), null, List.of()));
        VrrpCapture capture = closing(VrrpCapture.start(clientHost, "tcpdump"));
        nodes.forEach(Node::start);
        Conditions.await(
                "the first node owns the address, and the others are there",
                ELECTION,
                () -> lost.holds(VIP) && listens(next),
                this::evidence);
        try {
            nodes.get(0).crash();
            Conditions.await(
                    "the next one alone has it",
                    ELECTION,
                    () -> next.holds(VIP) && !last.holds(VIP),
                    this::evidence);
            long taken = VrrpCapture.epochMicros();

            ManyClients clients = new ManyClients(VIP, 80, CLIENTS, Duration.ofSeconds(1));
            ManyClients.Outcome outcome =
                    clientHost.call(() -> clients.run(Duration.ofSeconds(90)));

            assertEquals(CLIENTS, outcome.answered(), () -> outcome + evidence());
            for (CountingServer server : servers) {
                assertTrue(
                        server.mostAtATime() <= MAX_CONNECTIONS,
                        () -> server.mostAtATime() + " at a time" + evidence());
                assertTrue(server.served() > CLIENTS / 4, () -> server.served() + evidence());
            }
            report("ten thousand clients served", outcome.nanos());
            long end = VrrpCapture.epochMicros();
            capture.awaitHeardNanos("192.168.1.12", 51, end);
            report("longest time without an advertisement", longestGapNanos(capture, taken));
            // With an advertisement too late the third one would have spoken up.
            assertEquals(
                    List.of(),
                    capture.packets(
                            p ->
                                    p.epochMicros() > taken + 500_000
                                            && !p.source().equals("192.168.1.12")),
                    this::evidence);
        } finally {
            nodes.forEach(Node::stop);
        }
    }

    private static boolean listens(LabHost host) {
        return host.run("ss", "-Hltn", "src", VIP).output().contains(":80");
    }

    private static long longestGapNanos(VrrpCapture capture, long fromMicros) {
        long longest = 0;
        long before = 0;
        for (VrrpPacket packet :
                capture.packets(
                        p -> p.epochMicros() > fromMicros && p.source().equals("192.168.1.12"))) {
            if (before != 0) {
                longest = Math.max(longest, packet.epochMicros() - before);
            }
            before = packet.epochMicros();
        }
        return TimeUnit.MICROSECONDS.toNanos(longest);
    }
}
