package io.evenkeel.vrrp;

/** Says why a packet was dropped and what to change where. */
final class RejectionText {

    private RejectionText() {}

    static String sentence(
            PacketRejection rejection, ReceivedPacket packet, VirtualRouterConfig config) {
        return config.name()
                + ": dropped a packet from "
                + packet.source()
                + ": "
                + why(rejection, packet, config);
    }

    private static String why(
            PacketRejection rejection, ReceivedPacket packet, VirtualRouterConfig config) {
        return switch (rejection) {
            case IP_HEADER -> "its IPv4 header is damaged or is not VRRP's.";
            case IP_LENGTH -> "its IPv4 header promises more bytes than arrived.";
            case HEADER_LENGTH ->
                    "it has " + packet.length() + " bytes, and an advertisement has at least 8.";
            case VIRTUAL_ROUTER_ID -> "its VRID is " + unsigned(packet, 1) + ".";
            case OWN -> "this router sent it itself.";
            case TTL ->
                    "its TTL is "
                            + packet.ttl()
                            + " and not 255, so that it may come from outside this LAN.";
            case VERSION ->
                    "it speaks version "
                            + (unsigned(packet, 0) >>> 4)
                            + ", this router "
                            + config.version()
                            + "; configure the same version on both.";
            case TYPE ->
                    "its type is " + (unsigned(packet, 0) & 0x0f) + ", which VRRP does not have.";
            case ADDRESS_COUNT -> "it advertises no address.";
            case LENGTH ->
                    "it has "
                            + packet.length()
                            + " bytes, which does not fit its "
                            + unsigned(packet, 3)
                            + " addresses.";
            case CHECKSUM -> "its checksum is wrong.";
            case AUTHENTICATION_TYPE ->
                    "its authentication type is "
                            + unsigned(packet, 4)
                            + ", this router's "
                            + config.authentication().type()
                            + " (0 none, 1 password); configure the same on both.";
            case PASSWORD -> "its password is another one; configure the same on both.";
            case INTERVAL ->
                    config.version() == VrrpVersion.V3
                            ? "its advertisement interval is zero."
                            : "its advertisement interval is "
                                    + unsigned(packet, 5)
                                    + " s, this router's "
                                    + config.advertisementIntervalCentis() / 100
                                    + " s; version 2 needs the same on both.";
            case ADDRESSES ->
                    "it advertises other addresses; configure the same on both, or leave strict out.";
        };
    }

    private static int unsigned(ReceivedPacket packet, int index) {
        return packet.buffer().get(packet.offset() + index) & 0xff;
    }
}
