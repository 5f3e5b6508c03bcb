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
            case IP_HEADER -> "its IP header is damaged or is not VRRP's.";
            case IP_LENGTH -> "its IP header promises more bytes than arrived.";
            case HEADER_LENGTH ->
                    "it has " + packet.length() + " bytes, and an advertisement has at least 8.";
            case VIRTUAL_ROUTER_ID -> "its VRID is " + unsigned(packet, 1) + ".";
            case OWN -> "this router sent it itself.";
            case DESTINATION ->
                    "it was sent to "
                            + packet.destination()
                            + ", and this router speaks with "
                            + config.destinations()
                            + "; configure the same way, multicast or unicast, on both.";
            case UNKNOWN_PEER ->
                    "it is none of the unicast peers "
                            + config.destinations().peers().stream()
                                    .map(UnicastPeer::address)
                                    .toList()
                            + "; add it to them, or find out who it is.";
            case TTL -> ttl(packet, config);
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
            case HMAC_MISSING ->
                    "it is not signed; give it the HMAC keys too, or make this router permissive until"
                            + " all are configured.";
            case HMAC_FORMAT -> "its trailer is no HMAC-SHA256 that this router knows.";
            case HMAC_TIME ->
                    "its signature is of another time than this host's; synchronize the clocks of both"
                            + " hosts, or check the sequence only.";
            case HMAC_KEY ->
                    "it is signed with key "
                            + unsigned(packet, packet.length() - HmacTrailer.LENGTH + 1)
                            + ", which this router does not have; configure the same keys on both.";
            case HMAC ->
                    "its signature is wrong: key "
                            + unsigned(packet, packet.length() - HmacTrailer.LENGTH + 1)
                            + " has another secret there, or it is a forgery.";
            case HMAC_REPLAY -> "it was seen before; somebody may be replaying what was recorded.";
            case FIRST_ADDRESS ->
                    "its first IPv6 address is not link-local; put an fe80:: address first there, or do"
                            + " without the check here.";
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

    private static String ttl(ReceivedPacket packet, VirtualRouterConfig config) {
        UnicastPeer peer = config.destinations().peer(packet.sourceHigh(), packet.sourceLow());
        if (peer != null) {
            return "its TTL is "
                    + packet.ttl()
                    + ", and "
                    + peer.minTtl()
                    + ".."
                    + peer.maxTtl()
                    + " are configured for this peer.";
        }
        return "its TTL is "
                + packet.ttl()
                + " and not 255, so that it may come from outside this LAN.";
    }

    private static int unsigned(ReceivedPacket packet, int index) {
        return packet.buffer().get(packet.offset() + index) & 0xff;
    }
}
