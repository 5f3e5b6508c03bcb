package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed advertisements (draft-cassen-vrrp-auth-hmac, as keepalived 2.4 sends them). */
class HmacTrailerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_800_000_000L * SECOND + SECOND / 4;
    private static final byte[] SECRET = Packets.bytes("00010203".repeat(8));
    private static final HmacKey KEY = HmacKey.of(1, SECRET);
    private static final IpAddress SOURCE = IpAddress.parse("10.9.0.2");
    private static final IpAddress LOCAL = IpAddress.parse("10.9.0.1");

    private final HmacAuthentication enforcing = HmacAuthentication.enforcing(KEY);

    private static VirtualRouterConfig config(HmacAuthentication hmac) {
        return Packets.router().hmac(hmac).build();
    }

    private static byte[] signed(AdvertisementCodec codec, IpAddress source, long wallNanos) {
        ByteBuffer out = ByteBuffer.allocate(128);
        int length =
                codec.encode(
                        200,
                        100,
                        source,
                        AdvertisementCodec.IPV4_GROUP,
                        ChecksumForm.PSEUDO_HEADER,
                        wallNanos,
                        out);
        return Arrays.copyOf(out.array(), length);
    }

    private static PacketRejection heard(AdvertisementCodec codec, byte[] message, long wallNanos) {
        ReceivedPacket packet = Packets.packet(message, SOURCE.toString(), 255, 0);
        return codec.decode(packet, LOCAL, wallNanos, new Advertisement());
    }

    private AdvertisementCodec sender() {
        return new AdvertisementCodec(config(enforcing));
    }

    @Test
    void theTrailerStandsBehindTheMessageAndOutsideOfItsChecksum() {
        byte[] message = signed(sender(), SOURCE, NOW);
        byte[] unsigned = signed(new AdvertisementCodec(config(null)), SOURCE, NOW);
        assertEquals(unsigned.length + 28, message.length);
        assertArrayEquals(unsigned, Arrays.copyOf(message, unsigned.length));
        ByteBuffer trailer = ByteBuffer.wrap(message, unsigned.length, 28);
        assertEquals(1, trailer.get(), "type");
        assertEquals(1, trailer.get(), "key id");
        assertEquals(0, trailer.getShort(), "reserved");
        assertEquals(1_800_000_000, trailer.getInt(), "seconds since 1970");
        assertEquals(0x4000, trailer.getShort(), "a quarter of a second");
        assertEquals(0, trailer.getShort(), "counter");
    }

    /** Computed here from the description with the platform's own HMAC. */
    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.2", "fe80::2"})
    void theSignatureCoversFamilyVersionVridSourceMessageAndTime(String from) throws Exception {
        IpAddress source = IpAddress.parse(from);
        VirtualRouterConfig config =
                source.isIpv4()
                        ? config(enforcing)
                        : Packets.router()
                                .addresses(List.of(VirtualAddress.of(IpAddress.parse("fe80::100"))))
                                .hmac(enforcing)
                                .build();
        byte[] message = signed(new AdvertisementCodec(config), source, NOW);

        ByteArrayOutputStream covered = new ByteArrayOutputStream();
        covered.write(source.isIpv4() ? 4 : 6);
        covered.write(3);
        covered.write(51);
        covered.write(0);
        covered.writeBytes(Arrays.copyOf(source.toBytes(), 16));
        byte[] zeroed = message.clone();
        zeroed[6] = 0;
        zeroed[7] = 0;
        Arrays.fill(zeroed, zeroed.length - 16, zeroed.length, (byte) 0);
        covered.writeBytes(zeroed);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        byte[] expected = Arrays.copyOf(mac.doFinal(covered.toByteArray()), 16);

        assertArrayEquals(
                expected, Arrays.copyOfRange(message, message.length - 16, message.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33, 63, 64})
    void theHmacIsThatOfThePlatform(int keyLength) throws Exception {
        Random random = new Random(keyLength);
        byte[] secret = new byte[keyLength];
        random.nextBytes(secret);
        HmacSha256 hmac = new HmacSha256(secret);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        for (int length = 0; length < 300; length += 7) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            assertArrayEquals(mac.doFinal(message), hmac.of(message, length).clone());
        }
    }

    @Test
    void whatIsSignedWithTheSameKeyIsTakenOnce() {
        AdvertisementCodec receiver = sender();
        AdvertisementCodec sender = sender();
        byte[] first = signed(sender, SOURCE, NOW);
        byte[] second = signed(sender, SOURCE, NOW);
        assertNull(heard(receiver, first, NOW));
        assertNull(heard(receiver, second, NOW), "the sequence grows within a moment too");
        assertEquals(PacketRejection.HMAC_REPLAY, heard(receiver, first, NOW));
        assertEquals(PacketRejection.HMAC_REPLAY, heard(receiver, second, NOW));
    }

    @Test
    void everySenderHasASequenceOfItsOwn() {
        AdvertisementCodec receiver = sender();
        for (int i = 2; i < 10; i++) {
            IpAddress source = IpAddress.parse("10.9.0." + i);
            byte[] message = signed(sender(), source, NOW);
            ReceivedPacket packet = Packets.packet(message, source.toString(), 255, 0);
            assertNull(receiver.decode(packet, LOCAL, NOW, new Advertisement()));
        }
    }

    @Test
    void anyChangedBitIsFoundOut() {
        byte[] message = signed(sender(), SOURCE, NOW);
        for (int bit = 0; bit < message.length * 8; bit++) {
            byte[] changed = message.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            PacketRejection rejection = heard(sender(), changed, NOW);
            assertNotNull(rejection, "bit " + bit);
        }
    }

    @Test
    void aPacketOfAnotherSenderCannotBeMadeOneOfThis() {
        byte[] message = signed(sender(), IpAddress.parse("10.9.0.3"), NOW);
        byte[] moved = message.clone();
        // Whoever forges it mends the checksum, which anybody can.
        ByteBuffer bytes = ByteBuffer.wrap(moved);
        bytes.putShort(6, (short) 0);
        bytes.putShort(6, (short) Checksum.complement(Checksum.sum(bytes, 0, moved.length - 28)));
        assertEquals(PacketRejection.HMAC, heard(sender(), moved, NOW));
    }

    @ParameterizedTest(name = "{0} s late: {1}")
    @CsvSource({"0,", "5,", "-5,", "6, HMAC_TIME", "-6, HMAC_TIME", "3600, HMAC_TIME"})
    void theTimeMustBeWithinTheWindow(long seconds, PacketRejection expected) {
        byte[] message = signed(sender(), SOURCE, NOW);
        assertEquals(expected, heard(sender(), message, NOW + seconds * SECOND));
    }

    @Test
    void withoutSynchronizedClocksOnlyTheSequenceCounts() {
        HmacAuthentication monotonic =
                new HmacAuthentication(
                        List.of(KEY),
                        1,
                        HmacAuthentication.Mode.ENFORCE,
                        HmacAuthentication.ReplayCheck.MONOTONIC,
                        0);
        AdvertisementCodec receiver = new AdvertisementCodec(config(monotonic));
        AdvertisementCodec sender = new AdvertisementCodec(config(monotonic));
        byte[] old = signed(sender, SOURCE, NOW);
        byte[] back = signed(sender, SOURCE, NOW - 3600 * SECOND);
        assertNull(heard(receiver, old, NOW + 100_000 * SECOND));
        assertNull(heard(receiver, back, NOW + 100_000 * SECOND), "a clock that was set back");
        assertEquals(PacketRejection.HMAC_REPLAY, heard(receiver, old, NOW));
    }

    @Test
    void aSenderWhoseClockWasFarAheadIsHeardAgain() {
        AdvertisementCodec receiver = sender();
        AdvertisementCodec sender = sender();
        long ahead = NOW + 3600 * SECOND;
        assertNull(heard(receiver, signed(sender, SOURCE, ahead), ahead));
        assertNull(heard(receiver, signed(sender, SOURCE, NOW), NOW), "both clocks are mended");
    }

    @ParameterizedTest
    @EnumSource(HmacAuthentication.Mode.class)
    void whatIsUnsignedIsTakenUnlessSignaturesAreEnforced(HmacAuthentication.Mode mode) {
        AdvertisementCodec receiver = new AdvertisementCodec(config(enforcing.withMode(mode)));
        byte[] unsigned = signed(new AdvertisementCodec(config(null)), SOURCE, NOW);
        boolean enforced = mode == HmacAuthentication.Mode.ENFORCE;
        assertEquals(
                enforced ? PacketRejection.HMAC_MISSING : null, heard(receiver, unsigned, NOW));
        byte[] forged = signed(sender(), SOURCE, NOW);
        forged[forged.length - 1] ^= 1;
        assertEquals(
                PacketRejection.HMAC, heard(receiver, forged, NOW), "checked where it is there");
        int sent = signed(receiver, SOURCE, NOW).length;
        boolean signs = mode != HmacAuthentication.Mode.RECEIVE_ONLY;
        assertEquals(unsigned.length + (signs ? 28 : 0), sent);
    }

    @Test
    void aNewKeyIsAddedBeforeItIsUsed() {
        HmacKey next = HmacKey.of(2, new byte[64]);
        HmacAuthentication both =
                new HmacAuthentication(
                        List.of(KEY, next),
                        1,
                        HmacAuthentication.Mode.ENFORCE,
                        HmacAuthentication.ReplayCheck.TIME,
                        0);
        HmacAuthentication onlyNew = HmacAuthentication.enforcing(next);
        byte[] signedWithNew = signed(new AdvertisementCodec(config(onlyNew)), SOURCE, NOW);
        assertNull(heard(new AdvertisementCodec(config(both)), signedWithNew, NOW));
        assertEquals(PacketRejection.HMAC_KEY, heard(sender(), signedWithNew, NOW));
    }

    @Test
    void anotherSchemeOrReservedBitsAreNotGuessedAt() {
        byte[] message = signed(sender(), SOURCE, NOW);
        int trailer = message.length - 28;
        for (int at : new int[] {trailer, trailer + 2, trailer + 3}) {
            byte[] changed = message.clone();
            changed[at] ^= 2;
            assertEquals(PacketRejection.HMAC_FORMAT, heard(sender(), changed, NOW));
        }
    }

    /** Without keys a trailer is 28 bytes too many, or is let pass. */
    @Test
    void whoDoesNotCheckDropsOrToleratesTheTrailer() {
        byte[] message = signed(sender(), SOURCE, NOW);
        VirtualRouterConfig plain = Packets.router().build();
        VirtualRouterConfig tolerant = Packets.router().trailerTolerated(true).build();
        assertEquals(PacketRejection.LENGTH, heard(new AdvertisementCodec(plain), message, NOW));
        assertNull(heard(new AdvertisementCodec(tolerant), message, NOW));
        byte[] other = Arrays.copyOf(message, message.length - 1);
        assertEquals(PacketRejection.LENGTH, heard(new AdvertisementCodec(tolerant), other, NOW));
    }

    @Test
    void overIpv6TheChecksumCoversTheTrailerOrNot() {
        VirtualRouterConfig config =
                Packets.router()
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse("fe80::100"))))
                        .hmac(enforcing)
                        .build();
        IpAddress source = IpAddress.parse("fe80::2");
        IpAddress group = IpAddress.parse("ff02::12");
        ByteBuffer out = ByteBuffer.allocate(128);
        AdvertisementCodec sender = new AdvertisementCodec(config);
        int length = sender.encode(100, 100, source, group, ChecksumForm.PSEUDO_HEADER, NOW, out);
        byte[] message = Arrays.copyOf(out.array(), length);
        for (int covered : new int[] {length, length - 28}) {
            ByteBuffer bytes = ByteBuffer.wrap(message);
            bytes.putShort(6, (short) 0);
            long sum =
                    Checksum.sum(bytes, 0, covered)
                            + Checksum.pseudoHeader(
                                    112,
                                    source.high(),
                                    source.low(),
                                    group.high(),
                                    group.low(),
                                    covered);
            bytes.putShort(6, (short) Checksum.complement(sum));
            ReceivedPacket packet = Packets.ipv6(message, source, group, 255);
            assertNull(
                    new AdvertisementCodec(config)
                            .decode(packet, IpAddress.parse("fe80::1"), NOW, new Advertisement()));
        }
    }

    @Test
    void theSecretIsToldToNobody() {
        assertEquals("key 1", KEY.toString());
        assertFalse(enforcing.toString().contains("00010203"));
    }

    @Test
    void theSequenceGrowsWhateverTheClockDoes() {
        SequenceClock clock = new SequenceClock(5);
        Random random = new Random(20261125);
        long wall = NOW;
        long last = clock.next(wall);
        for (int i = 0; i < 200_000; i++) {
            wall += random.nextInt(3) == 0 ? -random.nextInt(1_000_000) : random.nextInt(1_000_000);
            long next = clock.next(wall);
            assertTrue(SequenceClock.isAfter(next, last), "step " + i);
            last = next;
        }
    }

    @Test
    void theSequenceHoldsWhenTheSecondsWrapIn2106() {
        SequenceClock clock = new SequenceClock(5);
        long wrap = (1L << 32) * SECOND;
        long before = clock.next(wrap - 1);
        long after = clock.next(wrap + 1);
        assertTrue(SequenceClock.isAfter(after, before));
        assertEquals(1, SequenceClock.secondsApart(before, wrap));
    }
}
