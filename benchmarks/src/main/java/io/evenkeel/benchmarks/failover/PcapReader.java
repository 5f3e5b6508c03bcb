package io.evenkeel.benchmarks.failover;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what tcpdump writes (pcap, Ethernet, nanoseconds, this machine's byte order) piece by piece. Keeps VRRP over IPv4,
 * gratuitous ARP and the probe's echo packets, and passes over the rest.
 */
final class PcapReader {
    private static final int MAGIC_NANOS = 0xa1b23c4d;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET = 14;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_ARP = 0x0806;
    private static final int PROTOCOL_ICMP = 1;
    private static final int PROTOCOL_VRRP = 112;

    private ByteBuffer rest = ByteBuffer.allocate(0);
    private boolean headerRead;

    /** The packets that are complete with these further bytes of the file. */
    List<Packet> read(byte[] more, int length) {
        ByteBuffer all = ByteBuffer.allocate(rest.remaining() + length);
        all.put(rest).put(more, 0, length).flip();
        all.order(ByteOrder.nativeOrder());
        List<Packet> packets = new ArrayList<>();
        if (!headerRead && all.remaining() >= FILE_HEADER) {
            if (all.getInt(all.position()) != MAGIC_NANOS) {
                throw new IllegalArgumentException(
                        "This is no capture of this machine with nanoseconds; its first bytes are %08x."
                                .formatted(all.getInt(all.position())));
            }
            all.position(all.position() + FILE_HEADER);
            headerRead = true;
        }
        while (headerRead && all.remaining() >= RECORD_HEADER) {
            int at = all.position();
            int captured = all.getInt(at + 8);
            if (all.remaining() < RECORD_HEADER + captured) {
                break;
            }
            long seconds = Integer.toUnsignedLong(all.getInt(at));
            long epochNanos = seconds * 1_000_000_000L + Integer.toUnsignedLong(all.getInt(at + 4));
            ByteBuffer frame = all.slice(at + RECORD_HEADER, captured);
            Packet packet = frame(epochNanos, frame.order(ByteOrder.BIG_ENDIAN));
            if (packet != null) {
                packets.add(packet);
            }
            all.position(at + RECORD_HEADER + captured);
        }
        rest = all;
        return packets;
    }

    private static @Nullable Packet frame(long epochNanos, ByteBuffer frame) {
        if (frame.limit() < ETHERNET + 20) {
            return null;
        }
        long mac = (long) frame.getInt(6) << 16 & 0xffff_ffff_0000L | frame.getShort(10) & 0xffff;
        return switch (frame.getShort(12) & 0xffff) {
            case TYPE_ARP -> arp(epochNanos, mac, frame);
            case TYPE_IPV4 -> ipv4(epochNanos, mac, frame);
            default -> null;
        };
    }

    private static @Nullable Packet arp(long epochNanos, long mac, ByteBuffer frame) {
        if (frame.limit() < ETHERNET + 28 || frame.getInt(28) != frame.getInt(38)) {
            return null;
        }
        return new Packet(epochNanos, Packet.Kind.ANNOUNCEMENT, mac, address(frame, 28), 0, 0);
    }

    private static @Nullable Packet ipv4(long epochNanos, long mac, ByteBuffer frame) {
        int payload = ETHERNET + 4 * (frame.get(ETHERNET) & 0xf);
        int protocol = frame.get(ETHERNET + 9) & 0xff;
        if (frame.limit() < payload + 12) {
            // The shortest of both, a VRRP packet of one address, is 12 bytes long.
            return null;
        }
        if (protocol == PROTOCOL_VRRP) {
            int vrid = frame.get(payload + 1) & 0xff;
            int priority = frame.get(payload + 2) & 0xff;
            return new Packet(epochNanos, Packet.Kind.ADVERTISEMENT, mac, "", vrid, priority);
        }
        if (protocol != PROTOCOL_ICMP || frame.getShort(payload + 4) != (short) EchoPacket.ID) {
            return null;
        }
        int number = frame.getInt(payload + EchoPacket.NUMBER_AT);
        return switch (frame.get(payload)) {
            case EchoPacket.REQUEST ->
                    new Packet(epochNanos, Packet.Kind.ECHO_REQUEST, mac, "", number, 0);
            case EchoPacket.REPLY ->
                    new Packet(epochNanos, Packet.Kind.ECHO_REPLY, mac, "", number, 0);
            default -> null;
        };
    }

    private static String address(ByteBuffer frame, int at) {
        return (frame.get(at) & 0xff)
                + "."
                + (frame.get(at + 1) & 0xff)
                + "."
                + (frame.get(at + 2) & 0xff)
                + "."
                + (frame.get(at + 3) & 0xff);
    }
}
