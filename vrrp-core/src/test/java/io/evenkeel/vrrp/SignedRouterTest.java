package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A running router that signs: the wall clock that it needs, and what outlives a reconfiguration. */
class SignedRouterTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long WALL = 1_800_000_000L * SECOND;
    private static final HmacKey KEY = HmacKey.of(1, new byte[32]);
    private static final HmacKey NEXT = HmacKey.of(2, new byte[32]);
    private static final HmacAuthentication HMAC = HmacAuthentication.enforcing(KEY);
    private static final Action.SendAdvertisement SEND = new Action.SendAdvertisement(100, 100);

    private final VirtualRouterConfig config = Packets.router().hmac(HMAC).build();
    private final VirtualRouter router = router(config);

    private static VirtualRouter router(VirtualRouterConfig config) {
        VirtualRouter router = new VirtualRouter(config, action -> {});
        router.handleLocalAddress(IpAddress.parse("10.9.0.1"), true, 0);
        return router;
    }

    private static byte[] signed(VirtualRouterConfig config, long wallNanos) {
        ByteBuffer out = ByteBuffer.allocate(128);
        int length =
                new AdvertisementCodec(config)
                        .encode(
                                200,
                                config.advertisementIntervalCentis(),
                                IpAddress.parse("10.9.0.2"),
                                AdvertisementCodec.IPV4_GROUP,
                                ChecksumForm.PSEUDO_HEADER,
                                wallNanos,
                                out);
        return Arrays.copyOf(out.array(), length);
    }

    private PacketRejection hears(byte[] message) {
        return router.handlePacket(Packets.packet(message, "10.9.0.2", 255, SECOND), SECOND);
    }

    @Test
    void itCannotStartWithoutTheWallClock() {
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> router.startup(0));
        assertTrue(refused.getMessage().contains("handleWallClock"), refused.getMessage());
        assertTrue(router.isStopped());
        router.handleWallClock(WALL);
        router.startup(0);
        assertEquals(VrrpState.BACKUP, router.state());
    }

    @Test
    void itCannotBeginToSignWithoutTheWallClockUnlessItIsStopped() {
        VirtualRouterConfig plain = Packets.router().build();
        VirtualRouter running = router(plain);
        running.startup(0);
        assertThrows(IllegalStateException.class, () -> running.reconfigure(config, SECOND));
        assertEquals(plain, running.config());

        VirtualRouter stopped = router(plain);
        stopped.reconfigure(config, SECOND);
        assertEquals(config, stopped.config());
    }

    @Test
    void whatItSendsCarriesTheWallClockOfThatMoment() {
        router.handleWallClock(WALL);
        ByteBuffer out = ByteBuffer.allocate(64);
        assertEquals(12 + 28, router.encode(SEND, AdvertisementCodec.IPV4_GROUP, 7 * SECOND, out));
        assertEquals(1_800_000_007, out.getInt(12 + 4));
    }

    @Test
    void withoutSignaturesNobodyAsksForTheClock() {
        ByteBuffer out = ByteBuffer.allocate(64);
        VirtualRouter plain = router(Packets.router().build());
        assertEquals(12, plain.encode(SEND, AdvertisementCodec.IPV4_GROUP, 7 * SECOND, out));
    }

    @Test
    void aReplayIsKnownAfterAReconfigurationToo() {
        router.handleWallClock(WALL);
        router.startup(0);
        byte[] message = signed(config, WALL + SECOND);
        assertNull(hears(message));
        router.reconfigure(config.toBuilder().priority(150).build(), SECOND);
        assertEquals(PacketRejection.HMAC_REPLAY, hears(message));
    }

    @Test
    void otherKeysCountFromTheReconfigurationOn() {
        router.handleWallClock(WALL);
        router.startup(0);
        HmacAuthentication both =
                new HmacAuthentication(
                        List.of(KEY, NEXT),
                        2,
                        HmacAuthentication.Mode.ENFORCE,
                        HmacAuthentication.ReplayCheck.TIME,
                        0);
        VirtualRouterConfig next = config.toBuilder().hmac(both).build();
        byte[] message = signed(next, WALL + SECOND);
        assertEquals(PacketRejection.HMAC_KEY, hears(message));
        router.reconfigure(next, SECOND);
        assertNull(hears(message));
        router.reconfigure(Packets.router().build(), SECOND);
        assertEquals(PacketRejection.LENGTH, hears(message));
    }

    /** With a longer interval the window that follows it is another one. */
    @Test
    void theWindowFollowsTheIntervalUnlessItIsGiven() {
        router.handleWallClock(WALL);
        router.startup(0);
        VirtualRouterConfig slow =
                config.toBuilder().advertisementInterval(java.time.Duration.ofSeconds(10)).build();
        byte[] message = signed(slow, WALL + SECOND + 20 * SECOND);
        assertEquals(PacketRejection.HMAC_TIME, hears(message));
        router.reconfigure(slow, SECOND);
        assertNull(hears(message));
        HmacAuthentication given =
                new HmacAuthentication(
                        List.of(KEY),
                        1,
                        HmacAuthentication.Mode.ENFORCE,
                        HmacAuthentication.ReplayCheck.TIME,
                        19);
        router.reconfigure(slow.toBuilder().hmac(given).build(), SECOND);
        assertEquals(PacketRejection.HMAC_TIME, hears(message));
    }

    /** The version is a part of what is signed. */
    @ParameterizedTest
    @EnumSource
    void eachVersionTakesItsOwnSignature(VrrpVersion version) {
        VirtualRouterConfig own = Packets.router().version(version).hmac(HMAC).build();
        byte[] message = signed(own, WALL);
        ReceivedPacket packet = Packets.packet(message, "10.9.0.2", 255, 0);
        IpAddress local = IpAddress.parse("10.9.0.1");
        assertNull(new AdvertisementCodec(own).decode(packet, local, WALL, new Advertisement()));
        byte[] secret = KEY.secret();
        HmacSha256 hmac = new HmacSha256(secret);
        ByteBuffer covered = ByteBuffer.allocate(128);
        int signed = message.length - 16;
        covered.put((byte) 4).put((byte) (version == VrrpVersion.V2 ? 2 : 3)).put((byte) 51);
        covered.put((byte) 0).putInt(0x0a090002).putInt(0).putLong(0).put(message, 0, signed);
        covered.putShort(26, (short) 0).putLong(0).putLong(0);
        byte[] mac = hmac.of(covered.array(), covered.position());
        assertEquals(0, Arrays.compare(mac, 0, 16, message, signed, message.length));
    }
}
