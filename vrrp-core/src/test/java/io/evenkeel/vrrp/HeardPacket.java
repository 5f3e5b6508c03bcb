package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/** A packet of a peer that is configured like a router of a story, but for what the options say. */
final class HeardPacket {

    private final VirtualRouterConfig peer;
    private final Map<String, String> options;

    HeardPacket(VirtualRouterConfig config, Map<String, String> options) {
        this.options = options;
        VirtualRouterConfig.Builder builder = config.toBuilder();
        if (options.containsKey("addresses")) {
            builder.addresses(StoryText.addresses(options.get("addresses"))).linkLocalFirst(false);
        }
        if (options.containsKey("version")) {
            builder.version(StoryText.version(options.get("version")));
            builder.authentication(Authentication.NONE);
        }
        if (options.containsKey("password")) {
            builder.authentication(Authentication.password(options.get("password")));
        }
        if (options.containsKey("vrid")) {
            builder.virtualRouterId(Integer.parseInt(options.get("vrid")));
        }
        peer = builder.build();
    }

    ReceivedPacket packet(int priority, IpAddress source, IpAddress local, long nowNanos) {
        IpAddress group = peer.destinations().group(peer.isIpv4());
        IpAddress usual = peer.destinations().isUnicast() ? local : group;
        IpAddress destination =
                options.containsKey("to") ? IpAddress.parse(options.get("to")) : usual;
        byte[] message = message(priority, source, destination);
        int ttl = Integer.parseInt(options.getOrDefault("ttl", "255"));
        long ago = options.containsKey("ago") ? StoryText.nanos(options.get("ago")) : 0;
        ReceivedPacket packet = new ReceivedPacket();
        ByteBuffer bytes = ByteBuffer.wrap(message);
        long arrivalNanos = nowNanos - ago;
        if (source.isIpv4()) {
            packet.setIpv4(
                    bytes,
                    0,
                    message.length,
                    source.ipv4Bits(),
                    destination.ipv4Bits(),
                    ttl,
                    arrivalNanos);
        } else {
            packet.setIpv6(
                    bytes,
                    0,
                    message.length,
                    source.high(),
                    source.low(),
                    destination.high(),
                    destination.low(),
                    ttl,
                    arrivalNanos);
        }
        return packet;
    }

    private byte[] message(int priority, IpAddress source, IpAddress destination) {
        int centis = peer.advertisementIntervalCentis();
        if (options.containsKey("every")) {
            centis = (int) (StoryText.nanos(options.get("every")) / 10_000_000);
        }
        String checksum = options.getOrDefault("checksum", "pseudo");
        ChecksumForm form =
                switch (checksum) {
                    case "message" -> ChecksumForm.MESSAGE_ONLY;
                    case "old" -> ChecksumForm.OLD_UNICAST;
                    default -> ChecksumForm.PSEUDO_HEADER;
                };
        ByteBuffer out = ByteBuffer.allocate(1500);
        int length =
                new AdvertisementCodec(peer)
                        .encode(priority, centis, source, destination, form, 0, out);
        byte[] message = Arrays.copyOf(out.array(), length);
        if (checksum.equals("wrong")) {
            message[6] ^= 0x55;
        }
        return message;
    }
}
