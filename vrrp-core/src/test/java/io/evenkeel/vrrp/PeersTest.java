package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a router knows of the others that it hears, and what it tells of them. */
class PeersTest {

    private static final long SECOND = 1_000_000_000L;
    private static final IpAddress GROUP6 = IpAddress.parse("ff02::12");

    private final List<Action> actions = new ArrayList<>();

    private VirtualRouter started(VirtualRouterConfig config) {
        VirtualRouter router = new VirtualRouter(config, actions::add);
        router.handleLocalAddress(FuzzedConfigs.local(config), true, 0);
        router.startup(0);
        actions.clear();
        return router;
    }

    private static VirtualRouterConfig ipv6() {
        return Packets.router()
                .addresses(List.of(VirtualAddress.of(IpAddress.parse("fe80::100"))))
                .build();
    }

    private static ReceivedPacket ipv6Packet(VirtualRouterConfig config, String source) {
        ByteBuffer out = ByteBuffer.allocate(64);
        IpAddress from = IpAddress.parse(source);
        int length =
                new AdvertisementCodec(config)
                        .encode(90, 100, from, GROUP6, ChecksumForm.PSEUDO_HEADER, 0, out);
        return Packets.ipv6(Lan.copy(out, length), from, GROUP6, 255);
    }

    private <E extends VrrpEvent> List<E> told(Class<E> kind) {
        return actions.stream()
                .filter(Action.Notify.class::isInstance)
                .map(each -> ((Action.Notify) each).event())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static void drive(VirtualRouter router, long until) {
        while (router.nextDeadlineNanos() <= until) {
            router.handleDeadline(router.nextDeadlineNanos());
        }
    }

    @Test
    void theTableHoldsTheFirstSixtyFourAndTheOthersAreHeardAllTheSame() {
        VirtualRouterConfig config = Packets.router().priority(10).build();
        VirtualRouter router = started(config);
        for (int i = 0; i < 70; i++) {
            IpAddress source = IpAddress.ofIpv4(0x0a0a0000 + i);
            byte[] message = Packets.advertisement(config, 100 + i, 100, source);
            assertNull(router.handlePacket(Packets.packet(message, source.toString(), 255, 0), 0));
        }
        assertEquals(64, router.peers().size());
        assertEquals(70, router.counters().advertisementsReceived());
        drive(router, 4 * SECOND);
        VrrpEvent.PeerSilent silent = told(VrrpEvent.PeerSilent.class).get(0);
        assertEquals(IpAddress.parse("10.10.0.69"), silent.peer());
        assertNull(silent.lastRejection(), "nothing is known of a peer without a row");
    }

    @Test
    void peersThatShareHalfAnIpv6AddressAreTwo() {
        VirtualRouterConfig config = ipv6();
        VirtualRouter router = started(config);
        router.handlePacket(ipv6Packet(config, "fe80::2"), 0);
        router.handlePacket(ipv6Packet(config, "fe80:0:0:1::2"), 0);
        router.handlePacket(ipv6Packet(config, "fe80::3"), 0);
        router.handlePacket(ipv6Packet(config, "fe80::3"), 0);
        List<PeerSnapshot> peers = router.peers();
        assertEquals(3, peers.size());
        assertEquals(IpAddress.parse("fe80:0:0:1::2"), peers.get(1).address());
        assertEquals(1, peers.get(0).accepted());
        assertEquals(2, peers.get(2).accepted());
    }

    @Test
    void aRejectionThatWasFollowedByAnAdvertisementIsNoReasonForASilence() {
        VirtualRouterConfig config = Packets.router().build();
        VirtualRouter router = started(config);
        byte[] message = Packets.advertisement(config, 200, 100, IpAddress.parse("10.9.0.2"));
        router.handlePacket(Packets.packet(message, "10.9.0.2", 254, SECOND), SECOND);
        router.handlePacket(Packets.packet(message, "10.9.0.2", 255, 2 * SECOND), 2 * SECOND);
        drive(router, 20 * SECOND);
        VrrpEvent.PeerSilent silent = told(VrrpEvent.PeerSilent.class).get(0);
        assertNull(silent.lastRejection());
        assertEquals(PacketRejection.TTL, router.peers().get(0).lastRejection());
        assertEquals(1, router.peers().get(0).rejected());
    }

    @Test
    void whoHeardAStrangerOverIpv6OnlySaysSo() {
        VirtualRouterConfig config = ipv6();
        VirtualRouter router = started(config);
        VirtualRouterConfig other =
                config.toBuilder()
                        .virtualRouterId(52)
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse("fe80::200"))))
                        .build();
        router.handlePacket(ipv6Packet(other, "fe80::2"), 0);
        drive(router, 4 * SECOND);
        String sentence = told(VrrpEvent.NobodyHeard.class).get(0).sentence();
        assertTrue(sentence.contains("fe80::2") && sentence.contains("52"), sentence);
    }

    @Test
    void aDamagedIpHeaderIsNotSomebodyWhoWasHeard() {
        VirtualRouter router = started(Packets.router().build());
        ReceivedPacket packet = new ReceivedPacket();
        packet.setIpv4Datagram(ByteBuffer.allocate(20), 0, 20, 0);
        assertEquals(PacketRejection.IP_HEADER, router.handlePacket(packet, 0));
        drive(router, 4 * SECOND);
        assertEquals(1, told(VrrpEvent.NobodyHeard.class).size());
    }

    @Test
    void aRouterThatIsStartedAgainSaysAgainThatNobodyWasHeard() {
        VirtualRouterConfig config = Packets.router().fastHandover(false).build();
        VirtualRouter router = started(config);
        drive(router, 4 * SECOND);
        router.shutdown(4 * SECOND);
        router.startup(5 * SECOND);
        drive(router, 9 * SECOND);
        assertEquals(2, told(VrrpEvent.NobodyHeard.class).size());
    }

    @Test
    void differencesAreToldAgainAfterAReconfiguration() {
        VirtualRouterConfig config = Packets.router().build();
        VirtualRouter router = started(config);
        byte[] message = Packets.advertisement(config, 100, 100, IpAddress.parse("10.9.0.2"));
        ReceivedPacket packet = Packets.packet(message, "10.9.0.2", 255, 0);
        router.handlePacket(packet, 0);
        router.handlePacket(packet, 0);
        assertEquals(1, told(VrrpEvent.PeerDiffers.class).size());
        router.reconfigure(config.toBuilder().acceptMode(false).build(), 0);
        router.handlePacket(packet, 0);
        assertEquals(2, told(VrrpEvent.PeerDiffers.class).size());
    }

    @Test
    void rejectionsToo() {
        VirtualRouterConfig config = Packets.router().build();
        VirtualRouter router = started(config);
        byte[] message = Packets.advertisement(config, 100, 100, IpAddress.parse("10.9.0.2"));
        ReceivedPacket packet = Packets.packet(message, "10.9.0.2", 254, 0);
        router.handlePacket(packet, 0);
        router.handlePacket(packet, 0);
        assertEquals(1, told(VrrpEvent.PacketRejected.class).size());
        router.reconfigure(config.toBuilder().acceptMode(false).build(), 0);
        router.handlePacket(packet, 0);
        assertEquals(2, told(VrrpEvent.PacketRejected.class).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.3", "10.9.0.4"})
    void aStrangerAmongUnicastPeersIsToldOnce(String source) {
        Destinations peers =
                Destinations.unicast(List.of(UnicastPeer.of(IpAddress.parse("10.9.0.2"))));
        VirtualRouterConfig config = Packets.router().destinations(peers).priority(99).build();
        VirtualRouter router = started(config);
        IpAddress from = IpAddress.parse(source);
        IpAddress to = IpAddress.parse("10.9.0.1");
        ByteBuffer out = ByteBuffer.allocate(64);
        int length =
                new AdvertisementCodec(config)
                        .encode(100, 100, from, to, ChecksumForm.PSEUDO_HEADER, 0, out);
        ReceivedPacket packet = new ReceivedPacket();
        packet.setIpv4(out, 0, length, from.ipv4Bits(), to.ipv4Bits(), 64, 0);
        router.handlePacket(packet, 0);
        router.handlePacket(packet, 0);
        List<VrrpEvent.PeerDiffers> differs = told(VrrpEvent.PeerDiffers.class);
        assertEquals(1, differs.size());
        assertEquals(VrrpEvent.Difference.UNKNOWN_PEER, differs.get(0).difference());
    }

    @Test
    void aPacketOverIpv6SaysWhereItWasSentTo() {
        assertEquals(GROUP6, ipv6Packet(ipv6(), "fe80::2").destination());
        VirtualRouterConfig unicast =
                ipv6().toBuilder()
                        .destinations(
                                Destinations.unicast(
                                        List.of(UnicastPeer.of(IpAddress.parse("fe80::2")))))
                        .build();
        VirtualRouter router = started(unicast);
        assertEquals(
                PacketRejection.DESTINATION,
                router.handlePacket(ipv6Packet(unicast, "fe80::2"), 0));
    }
}
