package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and checks the signed trailer of one router's advertisements (draft-cassen-vrrp-auth-hmac, as
 * keepalived 2.4 sends it): {@code type(1) keyId(1) 0(2) seconds(4) fraction(2) counter(2) hmac(16)},
 * behind the message and outside of its checksum.
 *
 * <p>The HMAC covers a pseudo-header {@code family(1) version(1) vrid(1) 0(1) source(16)}, the message
 * with a checksum of zero, and the trailer without the HMAC.
 */
final class HmacTrailer {

    static final int LENGTH = 28;

    private static final int TYPE_SHA256 = 1;
    private static final int HMAC_AT = 12;
    private static final int HMAC_LENGTH = 16;
    private static final int PSEUDO_HEADER = 20;
    private static final int CHECKSUM_AT = 6;

    /** A message with 255 IPv6 addresses has 4088 bytes. */
    private static final int MAX_COVERED = PSEUDO_HEADER + 4_200;

    private final HmacAuthentication config;
    private final boolean ipv4;
    private final int version;
    private final int virtualRouterId;
    private final HmacSha256[] hmacs;
    private final ReplayGuard replays;
    private final SequenceClock clock;
    private final long windowSeconds;
    private final byte[] covered = new byte[MAX_COVERED];

    HmacTrailer(HmacAuthentication config, VirtualRouterConfig router) {
        this.config = config;
        this.ipv4 = router.isIpv4();
        this.version = router.version() == VrrpVersion.V2 ? 2 : 3;
        this.virtualRouterId = router.virtualRouterId();
        this.windowSeconds = config.windowSeconds(router.advertisementIntervalNanos());
        boolean timed = config.replayCheck() == HmacAuthentication.ReplayCheck.TIME;
        this.replays = new ReplayGuard(timed ? windowSeconds : ReplayGuard.NO_WINDOW);
        this.clock = new SequenceClock(timed ? windowSeconds : ReplayGuard.NO_WINDOW);
        List<HmacKey> keys = config.keys();
        this.hmacs =
                keys.stream().map(key -> new HmacSha256(key.secret())).toArray(HmacSha256[]::new);
    }

    boolean signs() {
        return config.signs();
    }

    boolean demandsTrailer() {
        return config.mode() == HmacAuthentication.Mode.ENFORCE;
    }

    /** Whether this is what another configuration of the same router asks for. */
    boolean serves(VirtualRouterConfig router) {
        return config.equals(router.hmac())
                && windowSeconds == config.windowSeconds(router.advertisementIntervalNanos());
    }

    /**
     * Appends the trailer at the buffer's position.
     *
     * @param start where the message begins, which ends at the position
     * @param source the address that it is sent from
     * @param wallNanos nanoseconds since 1970
     */
    void sign(ByteBuffer out, int start, IpAddress source, long wallNanos) {
        int length = out.position() - start;
        int trailer = out.position();
        out.put((byte) TYPE_SHA256).put((byte) config.activeKey()).putShort((short) 0);
        out.putLong(clock.next(wallNanos));
        byte[] hmac =
                hmac(keyIndex(config.activeKey()), out, start, length, source.high(), source.low());
        out.position(trailer + HMAC_AT);
        out.put(hmac, 0, HMAC_LENGTH);
    }

    /**
     * Checks the trailer of a packet.
     *
     * @param messageLength the bytes of the message, behind which the trailer stands
     * @param wallNanos when the packet arrived, nanoseconds since 1970
     */
    @Nullable PacketRejection check(ReceivedPacket packet, int messageLength, long wallNanos) {
        ByteBuffer bytes = packet.buffer();
        int trailer = packet.offset() + messageLength;
        if (bytes.get(trailer) != TYPE_SHA256 || bytes.getShort(trailer + 2) != 0) {
            return PacketRejection.HMAC_FORMAT;
        }
        long sequence = bytes.getLong(trailer + 4);
        // Before the digest, which costs most: whoever replays a flood of old packets gets no more.
        if (config.replayCheck() == HmacAuthentication.ReplayCheck.TIME
                && SequenceClock.secondsApart(sequence, wallNanos) > windowSeconds) {
            return PacketRejection.HMAC_TIME;
        }
        int key = keyIndex(bytes.get(trailer + 1) & 0xff);
        if (key < 0) {
            return PacketRejection.HMAC_KEY;
        }
        byte[] hmac =
                hmac(
                        key,
                        bytes,
                        packet.offset(),
                        messageLength,
                        packet.sourceHigh(),
                        packet.sourceLow());
        int difference = 0;
        for (int i = 0; i < HMAC_LENGTH; i++) {
            difference |= hmac[i] ^ bytes.get(trailer + HMAC_AT + i);
        }
        if (difference != 0) {
            return PacketRejection.HMAC;
        }
        return replays.isFresh(packet.sourceHigh(), packet.sourceLow(), sequence, wallNanos)
                ? null
                : PacketRejection.HMAC_REPLAY;
    }

    private byte[] hmac(
            int key,
            ByteBuffer bytes,
            int start,
            int messageLength,
            long sourceHigh,
            long sourceLow) {
        covered[0] = (byte) (ipv4 ? 4 : 6);
        covered[1] = (byte) version;
        covered[2] = (byte) virtualRouterId;
        covered[3] = 0;
        putAddress(sourceHigh, sourceLow);
        int length = messageLength + HMAC_AT;
        bytes.get(start, covered, PSEUDO_HEADER, length);
        covered[PSEUDO_HEADER + CHECKSUM_AT] = 0;
        covered[PSEUDO_HEADER + CHECKSUM_AT + 1] = 0;
        int end = PSEUDO_HEADER + length;
        for (int i = 0; i < HMAC_LENGTH; i++) {
            covered[end + i] = 0;
        }
        return hmacs[key].of(covered, end + HMAC_LENGTH);
    }

    /** Sixteen bytes; an IPv4 address is the first four of them. */
    private void putAddress(long high, long low) {
        long first = ipv4 ? low << 32 : high;
        long second = ipv4 ? 0 : low;
        for (int i = 0; i < 8; i++) {
            covered[4 + i] = (byte) (first >>> (56 - 8 * i));
            covered[12 + i] = (byte) (second >>> (56 - 8 * i));
        }
    }

    private int keyIndex(int id) {
        for (int i = 0; i < hmacs.length; i++) {
            if (config.keys().get(i).id() == id) {
                return i;
            }
        }
        return -1;
    }
}
