package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** rtnetlink messages about macvlan interfaces byte by byte, as a little-endian kernel reads and writes them. */
class LinkCodecTest {
    @Test
    void aMacvlanIsMadeWithItsNameParentAddressAndMode() {
        ByteBuffer out = Hex.buffer(128);
        LinkRequest.encodeMacvlan(new NetlinkWriter(out), 7, "vrrp.51", 2, 0x00005e000133L);
        assertEquals(
                Hex.lines(
                        // length 92, RTM_NEWLINK, REQUEST|ACK|EXCL|CREATE, sequence 7, port 0
                        "5c000000 10000506 07000000 00000000",
                        // ifinfomsg: nothing known, switched off
                        "00000000 00000000 00000000 00000000",
                        // IFLA_IFNAME
                        "0c000300 76727270 2e353100",
                        // IFLA_LINK
                        "08000500 02000000",
                        // IFLA_ADDRESS, padded
                        "0a000100 00005e00 01330000",
                        // IFLA_LINKINFO: IFLA_INFO_KIND, IFLA_INFO_DATA: IFLA_MACVLAN_MODE bridge
                        "1c001200 0c000100 6d616376 6c616e00 0c000200 08000100 04000000"),
                Hex.of(out));
    }

    @Test
    void aChangeHasAnAliasAndTheSettingsOfBothFamilies() {
        ByteBuffer out = Hex.buffer(128);
        LinkRequest.encodeChange(
                new NetlinkWriter(out), 8, 3, new LinkChange("ours", Map.of(19, 1, 8, 2), true));
        assertEquals(
                Hex.lines(
                        "54000000 13000500 08000000 00000000",
                        "00000000 03000000 00000000 00000000",
                        // IFLA_IFALIAS, padded
                        "09001400 6f757273 00000000",
                        // IFLA_AF_SPEC: AF_INET: IFLA_INET_CONF: rp_filter, arp_ignore
                        "28001a00 18000200 14000100 08000800 02000000 08001300 01000000",
                        // AF_INET6: IFLA_INET6_ADDR_GEN_MODE none
                        "0c000a00 05000800 01000000"),
                Hex.of(out));
    }

    @Test
    void switchingTouchesOneFlag() {
        ByteBuffer on = Hex.buffer(64);
        LinkRequest.encodeSwitch(new NetlinkWriter(on), 9, 3, true);
        assertEquals(
                Hex.lines(
                        "20000000 13000500 09000000 00000000",
                        "00000000 03000000 01000000 01000000"),
                Hex.of(on));
        ByteBuffer off = Hex.buffer(64);
        LinkRequest.encodeSwitch(new NetlinkWriter(off), 9, 3, false);
        assertEquals(
                Hex.lines(
                        "20000000 13000500 09000000 00000000",
                        "00000000 03000000 00000000 01000000"),
                Hex.of(off));
    }

    @Test
    void anInterfaceIsRemovedByItsIndex() {
        ByteBuffer out = Hex.buffer(64);
        LinkRequest.encodeRemove(new NetlinkWriter(out), 10, 3);
        assertEquals(
                Hex.lines(
                        "20000000 11000500 0a000000 00000000",
                        "00000000 03000000 00000000 00000000"),
                Hex.of(out));
    }

    @Test
    void aMetricIsAddedToTheRouteOfAnAddress() {
        ByteBuffer out = Hex.buffer(128);
        AddressRequest.encodeAdd(
                new NetlinkWriter(out), 7, 0, 5, FakeKernel.virtual("10.9.0.100"), 3, 1_000_000);
        String bytes = Hex.of(out);
        // IFA_RT_PRIORITY 1000000
        assertTrue(bytes.contains("08000900 40420f00"), bytes);
    }

    @Test
    void whatTheKernelSaysOfAMacvlanIsReadBack() {
        LinkSettings link =
                read(
                        "84000000 10000200 01000000 00000000",
                        // ifinfomsg: Ethernet, index 3, UP|BROADCAST|RUNNING|MULTICAST
                        "00000100 03000000 43100100 00000000",
                        "0c000300 76727270 2e353100",
                        "0a000100 00005e00 01330000",
                        "08000500 02000000",
                        "09001400 6f757273 00000000",
                        "1c001200 0c000100 6d616376 6c616e00 0c000200 08000100 04000000",
                        // IFLA_AF_SPEC: AF_INET with three settings, AF_INET6 with none we read
                        "1c001a80 14000200 10000100 01000000 00000000 02000000 04000a00");
        assertEquals(
                new LinkSettings(
                        3,
                        "vrrp.51",
                        0x11043,
                        0x00005e000133L,
                        2,
                        "macvlan",
                        Netlink.MACVLAN_MODE_BRIDGE,
                        "ours",
                        true,
                        List.of(1, 0, 2)),
                link);
        assertTrue(link.isMacvlan());
        assertTrue(link.isSwitchedOn());
        assertEquals(1, link.ipv4(Ipv4Settings.FORWARDING));
        assertEquals(0, link.ipv4(Ipv4Settings.ARP_IGNORE), "a kernel that does not have it");
    }

    @Test
    void aModeIsNoneOfAnInterfaceThatIsNoMacvlan() {
        LinkSettings link =
                read(
                        "48000000 10000200 01000000 00000000",
                        "00000100 03000000 00000000 00000000",
                        "09000300 76787431 00000000",
                        // IFLA_LINKINFO: vlan with an attribute of the number of the mode
                        "1c001200 09000100 766c616e 00000000 0c000200 08000100 04000000");
        assertEquals("vlan", link.kind());
        assertEquals(0, link.macvlanMode());
        assertFalse(link.hasIpv6());
        assertFalse(link.isSwitchedOn());
    }

    @Test
    void aMarkIsReadAsItIsWritten() {
        MacvlanMark mark = new MacvlanMark(51, "eth0", 0, 1);
        assertEquals("Evenkeel VRID 51; eth0 had arp_ignore 0, arp_announce 1", mark.text());
        assertEquals(mark, MacvlanMark.parse(mark.text()));
        assertNull(MacvlanMark.parse(""));
        assertNull(MacvlanMark.parse(mark.text() + " and more"));
        assertNull(MacvlanMark.parse("Evenkeel VRID 51"));
    }

    private static LinkSettings read(String... hex) {
        ByteBuffer bytes = Hex.bytes(Hex.lines(hex));
        NetlinkReader reader = new NetlinkReader(bytes, bytes.capacity());
        assertTrue(reader.nextMessage(), "the length of the message is wrong");
        return LinkSettings.decode(reader);
    }
}
