package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One decoder under fuzz, and what has to be true of each packet that it takes. */
final class FuzzedDecoder {

    final String name;
    final Advertisement read = new Advertisement();
    long taken;
    long encodedAgain;

    private final VirtualRouterConfig config;
    private final IpAddress local;
    private final ByteBuffer out = ByteBuffer.allocate(5_000);
    private final LongSupplier encoding = this::encode;
    private AdvertisementCodec codec;
    private IpAddress source;
    private IpAddress destination;

    FuzzedDecoder(String name, VirtualRouterConfig config) {
        this.name = name;
        this.config = config;
        this.local = FuzzedConfigs.local(config);
        this.codec = new AdvertisementCodec(config);
        this.source = local;
        this.destination = local;
    }

    /** Forgets the signatures that it has seen; without any it remembers nothing. */
    void reset() {
        if (config.hmac() != null) {
            codec = new AdvertisementCodec(config);
            // A SHA-256 of the platform gets its working memory when it is used first.
            out.clear();
            codec.encode(0, 1, local, local, ChecksumForm.MESSAGE_ONLY, 0, out);
        }
    }

    @Nullable PacketRejection decode(ReceivedPacket packet) {
        return codec.decode(packet, local, FuzzedPackets.WALL_NANOS, read);
    }

    /** Holds a packet that was taken against its bytes, and against what this router would send. */
    void check(ReceivedPacket packet) {
        taken++;
        ByteBuffer bytes = packet.buffer();
        int at = packet.offset();
        boolean v2 = config.version() == VrrpVersion.V2;
        require((bytes.get(at) & 0xff) == (v2 ? 0x21 : 0x31), "version and type");
        require(read.virtualRouterId() == 51 && bytes.get(at + 1) == 51, "VRID");
        require(read.priority() == (bytes.get(at + 2) & 0xff), "priority");
        require(read.addressCount() == (bytes.get(at + 3) & 0xff), "count of addresses");
        require(read.addressCount() > 0, "an address");
        int interval = bytes.getShort(at + 4) & 0xfff;
        int seconds = bytes.get(at + 5) & 0xff;
        require(read.maxAdvertiseIntervalCentis() == (v2 ? 100 * seconds : interval), "interval");
        require(read.maxAdvertiseIntervalCentis() > 0, "an interval");
        boolean sameSource =
                read.sourceLow() == packet.sourceLow() && read.sourceHigh() == packet.sourceHigh();
        require(sameSource && read.compareSourceTo(local) != 0, "source");
        boolean same = read.addressCount() == codec.addresses().size();
        for (int i = 0; i < read.addressCount(); i++) {
            int address = at + 8 + (config.isIpv4() ? 4 : 16) * i;
            long low =
                    config.isIpv4()
                            ? bytes.getInt(address) & 0xffff_ffffL
                            : bytes.getLong(address + 8);
            long high = config.isIpv4() ? 0 : bytes.getLong(address);
            require(read.addressLow(i) == low && read.addressHigh(i) == high, "an address");
            same = same && low == codec.addresses().low(i) && high == codec.addresses().high(i);
        }
        if (same) {
            encodeAgain(packet, v2);
        }
    }

    private void encodeAgain(ReceivedPacket packet, boolean v2) {
        encodedAgain++;
        source = read.source();
        destination = packet.destination();
        PacketFuzz.requireNothing(encoding, name);
        ByteBuffer bytes = packet.buffer();
        int at = packet.offset();
        int addressed = 8 + (config.isIpv4() ? 4 : 16) * read.addressCount();
        int message = addressed + (v2 ? 8 : 0);
        boolean anySum = packet.length() != message && !config.isIpv4();
        for (int i = 0; i < message; i++) {
            byte sent = out.get(i);
            byte heard = bytes.get(at + i);
            if (i == 4 && !v2 && sent != heard) {
                // The reserved bits are the sender's own affair, and so the checksum differs.
                anySum = true;
                heard &= 0x0f;
            }
            if (i >= addressed && config.authentication().type() == 0 && sent != heard) {
                anySum = true;
                continue;
            }
            require(i == 6 || i == 7 || sent == heard, "bytes encoded again");
        }
        // 0 and 0xffff are the same in one's complement.
        int difference = (out.getShort(6) & 0xffff) - (bytes.getShort(at + 6) & 0xffff);
        require(anySum || difference % 0xffff == 0, "checksum encoded again");
    }

    private long encode() {
        out.clear();
        long before = PacketFuzz.allocatedBytes();
        codec.encode(
                read.priority(),
                read.maxAdvertiseIntervalCentis(),
                source,
                destination,
                read.checksumForm(),
                FuzzedPackets.WALL_NANOS,
                out);
        return PacketFuzz.allocatedBytes() - before;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(name + ", of a packet that was taken: " + what);
        }
    }
}
