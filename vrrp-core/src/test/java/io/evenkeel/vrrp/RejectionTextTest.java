package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a packet that was dropped: what it has, and what would be right. */
class RejectionTextTest {

    private static final String V3 = "31 33 64 01 00 64 75 bb 0a 09 00 64";
    private static final String V2 = "21 33 64 01 01 05 75 bb 0a 09 00 64 61 62 63 00 00 00 00 00";
    private static final String SIGNED = V3 + " 01 07" + " 00".repeat(26);

    private static String sentence(
            PacketRejection rejection, VirtualRouterConfig config, String message) {
        ReceivedPacket packet = Packets.packet(Packets.bytes(message), "10.9.0.2", 250, 0);
        return RejectionText.sentence(rejection, packet, config);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "IP_HEADER,           v3, its IP header is damaged or is not VRRP's.",
        "IP_LENGTH,           v3, its IP header promises more bytes than arrived.",
        "HEADER_LENGTH,       v3, 'it has 12 bytes, and an advertisement has at least 8.'",
        "VIRTUAL_ROUTER_ID,   v3, its VRID is 51.",
        "OWN,                 v3, this router sent it itself.",
        "DESTINATION,         v3, 'it was sent to 224.0.0.18, and this router speaks with multicast;'",
        "TTL,                 v3, 'its TTL is 250 and not 255, so that it may come from outside this LAN.'",
        "TTL,            unicast, 'its TTL is 250, and 254..255 are configured for this peer.'",
        "UNKNOWN_PEER,   unicast, it is none of the unicast peers [10.9.0.2];",
        "VERSION,             v3, 'it speaks version 3, this router V3;'",
        "TYPE,                v3, 'its type is 1, which VRRP does not have.'",
        "ADDRESS_COUNT,       v3, it advertises no address.",
        "LENGTH,              v3, 'it has 12 bytes, which does not fit its 1 addresses.'",
        "CHECKSUM,            v3, its checksum is wrong.",
        "HMAC_MISSING,        v3, it is not signed;",
        "HMAC_FORMAT,     signed, its trailer is no HMAC-SHA256 that this router knows.",
        "HMAC_TIME,       signed, its signature is of another time than this host's;",
        "HMAC_KEY,        signed, 'it is signed with key 7, which this router does not have;'",
        "HMAC,            signed, its signature is wrong: key 7 has another secret there,",
        "HMAC_REPLAY,     signed, it was seen before;",
        "AUTHENTICATION_TYPE, v2, 'its authentication type is 1, this router''s 0'",
        "PASSWORD,            v2, its password is another one;",
        "INTERVAL,            v2, 'its advertisement interval is 5 s, this router''s 1 s;'",
        "INTERVAL,            v3, its advertisement interval is zero.",
        "FIRST_ADDRESS,       v3, its first IPv6 address is not link-local;",
        "ADDRESSES,           v2, it advertises other addresses;",
    })
    void everyReasonSaysWhatThePacketHasAndWhatWasExpected(
            PacketRejection rejection, String kind, String why) {
        VirtualRouterConfig.Builder builder = Packets.router();
        VirtualRouterConfig config =
                switch (kind) {
                    case "v2" -> builder.version(VrrpVersion.V2).build();
                    case "unicast" ->
                            builder.destinations(
                                            Destinations.unicast(
                                                    List.of(
                                                            new UnicastPeer(
                                                                    IpAddress.parse("10.9.0.2"),
                                                                    254,
                                                                    255))))
                                    .build();
                    default -> builder.build();
                };
        String message = kind.equals("v2") ? V2 : kind.equals("signed") ? SIGNED : V3;
        String sentence = sentence(rejection, config, message);
        String expected = "A: dropped a packet from 10.9.0.2: " + why;
        assertEquals(
                expected, sentence.substring(0, Math.min(expected.length(), sentence.length())));
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonIsASentence(PacketRejection rejection) {
        String sentence = sentence(rejection, Packets.router().build(), SIGNED);
        assertTrue(sentence.endsWith("."), sentence);
    }

    @Test
    void noTwoReasonsSoundAlike() {
        Set<String> sentences = new TreeSet<>();
        for (PacketRejection rejection : PacketRejection.values()) {
            sentences.add(sentence(rejection, Packets.router().build(), SIGNED));
        }
        assertEquals(PacketRejection.values().length, sentences.size(), sentences.toString());
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsBehindTheVridOnTheLadderIsOfThisVirtualRouter(PacketRejection rejection) {
        Set<PacketRejection> before =
                Set.of(
                        PacketRejection.IP_HEADER,
                        PacketRejection.IP_LENGTH,
                        PacketRejection.HEADER_LENGTH,
                        PacketRejection.VIRTUAL_ROUTER_ID,
                        PacketRejection.OWN);
        assertEquals(!before.contains(rejection), rejection.isFromThisRoutersVrid());
    }
}
