package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.AddressOptions;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** rtnetlink messages byte by byte, as a little-endian kernel reads and writes them. */
class NetlinkCodecTest {
    private static final VirtualAddress VIP = VirtualAddress.of(IpAddress.parse("10.9.0.100"));

    @Test
    void addingAnAddressNamesItTwiceWithItsOriginAndLifetime() {
        ByteBuffer out = Hex.buffer(128);
        AddressRequest.encodeAdd(
                new NetlinkWriter(out), 7, Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL, 5, VIP, 3, 0);
        assertEquals(
                Hex.lines(
                        // length 68, RTM_NEWADDR, REQUEST|ACK|EXCL|CREATE, sequence 7, port 0
                        "44000000 14000506 07000000 00000000",
                        // AF_INET, /32, no flags, global; interface 5
                        "02200000 05000000",
                        // IFA_LOCAL, IFA_ADDRESS
                        "08000200 0a090064 08000100 0a090064",
                        // IFA_PROTO 0x70, padded
                        "05000b00 70000000",
                        // IFA_CACHEINFO: preferred 3 s, valid 3 s
                        "14000600 03000000 03000000 00000000 00000000"),
                Hex.of(out));
    }

    @Test
    void renewingReplacesAndBroadcastAndLabelAreKeptAndWhatLastsIsMarkedAsStatic() {
        VirtualAddress labelled =
                new VirtualAddress(
                        IpAddress.parse("10.9.0.100"),
                        24,
                        null,
                        "eth0:vip",
                        IpAddress.parse("10.9.0.255"));
        ByteBuffer out = Hex.buffer(128);
        AddressRequest.encodeAdd(
                new NetlinkWriter(out),
                1,
                Netlink.NLM_F_CREATE | Netlink.NLM_F_REPLACE,
                2,
                labelled,
                Netlink.FOREVER,
                0);
        assertEquals(
                Hex.lines(
                        "5c000000 14000505 01000000 00000000",
                        "02180000 02000000",
                        "08000200 0a090064 08000100 0a090064",
                        // IFA_BROADCAST
                        "08000400 0a0900ff",
                        // IFA_LABEL with its zero, padded to a multiple of four
                        "0d000300 65746830 3a766970 00000000",
                        "05000b00 71000000",
                        "14000600 ffffffff ffffffff 00000000 00000000"),
                Hex.of(out));
    }

    @Test
    void theOptionsOfAnAddressAreInTheRequest() {
        VirtualAddress address =
                VirtualAddress.of(IpAddress.parse("10.9.0.100"), 24)
                        .withOptions(
                                new AddressOptions(253, false, IpAddress.parse("10.9.0.1"), true));
        ByteBuffer out = Hex.buffer(128);
        AddressRequest.encodeAdd(new NetlinkWriter(out), 1, Netlink.NLM_F_CREATE, 2, address, 3, 0);
        assertEquals(
                Hex.lines(
                        "4c000000 14000504 01000000 00000000",
                        // scope link
                        "021800fd 02000000",
                        // IFA_LOCAL, and the peer as IFA_ADDRESS
                        "08000200 0a090064 08000100 0a090001",
                        // IFA_FLAGS: IFA_F_NOPREFIXROUTE
                        "08000800 00020000",
                        "05000b00 70000000",
                        // IFA_CACHEINFO: preferred 0 s, valid 3 s
                        "14000600 00000000 03000000 00000000 00000000"),
                Hex.of(out));
    }

    @Test
    void theKernelsSentenceIsReadWhetherOrNotItRepeatsTheRequest() {
        NetlinkReader capped =
                read(
                        "30000000 02000003 07000000 00000000",
                        "eaffffff 28000000 14000506 07000000 00000000",
                        "09000100 6e6f7065 00000000");
        assertTrue(capped.nextMessage());
        assertEquals("nope", capped.explanation());
        NetlinkReader whole =
                read(
                        "38000000 02000002 07000000 00000000",
                        "eaffffff 18000000 14000506 07000000 00000000 01020304 05060708",
                        "09000100 6e6f7065 00000000");
        assertTrue(whole.nextMessage());
        assertEquals("nope", whole.explanation());
        NetlinkReader without =
                read(
                        "24000000 02000000 07000000 00000000",
                        "eaffffff 28000000 14000506 07000000 00000000");
        assertTrue(without.nextMessage());
        assertEquals("", without.explanation());
        NetlinkReader nonsense =
                read(
                        "24000000 02000002 07000000 00000000",
                        "eaffffff ffffffff 14000506 07000000 00000000");
        assertTrue(nonsense.nextMessage());
        assertEquals("", nonsense.explanation());
    }

    @Test
    void removingNamesExactlyOneAddress() {
        ByteBuffer out = Hex.buffer(128);
        AddressRequest.encodeRemove(new NetlinkWriter(out), 9, 5, VIP);
        assertEquals(
                Hex.lines(
                        "28000000 15000500 09000000 00000000",
                        "02200000 05000000",
                        "08000200 0a090064 08000100 0a090064"),
                Hex.of(out));
    }

    @Test
    void anIpv6AddressSkipsDuplicateAddressDetection() {
        ByteBuffer out = Hex.buffer(128);
        AddressRequest.encodeRemove(
                new NetlinkWriter(out), 9, 5, VirtualAddress.of(IpAddress.parse("fd00::64")));
        assertEquals(
                Hex.lines(
                        "40000000 15000500 09000000 00000000",
                        // AF_INET6, /128, IFA_F_NODAD
                        "0a800200 05000000",
                        "14000200 fd000000 00000000 00000000 00000064",
                        "14000100 fd000000 00000000 00000000 00000064"),
                Hex.of(out));
    }

    @Test
    void dumpsAskForEverything() {
        ByteBuffer links = Hex.buffer(64);
        Link.encodeDump(links, 1);
        assertEquals(
                "20000000 12000103 01000000 00000000 00000000 00000000 00000000 00000000",
                Hex.of(links));
        ByteBuffer addresses = Hex.buffer(64);
        InterfaceAddress.encodeDump(addresses, 2);
        assertEquals("18000000 16000103 02000000 00000000 00000000 00000000", Hex.of(addresses));
    }

    @Test
    void aLinkHasNameFlagsHardwareAddressAndMtu() {
        NetlinkReader reader =
                read(
                        "48000000 10000200 01000000 00000000",
                        // ifinfomsg: Ethernet, index 5, UP|BROADCAST|RUNNING|MULTICAST|LOWER_UP
                        "00000100 05000000 43100100 00000000",
                        "09000300 65746830 00000000",
                        "08000400 dc050000",
                        "0a000100 02420a09 00010000",
                        "05001000 06000000");
        assertTrue(reader.nextMessage());
        assertEquals(
                new Link(5, "eth0", 0x11043, 0x02420a090001L, 1500, false), Link.decode(reader));
        assertTrue(Link.decode(reader).isUp());
        assertFalse(reader.nextMessage());
    }

    @Test
    void aLinkForwardsIpv6AsItsFirstSettingSays() {
        for (int forwarding = 0; forwarding < 2; forwarding++) {
            NetlinkReader reader =
                    read(
                            "48000000 10000200 01000000 00000000",
                            "00000100 05000000 43100100 00000000",
                            "09000300 65746830 00000000",
                            // IFLA_AF_SPEC of AF_INET with nothing we read, and of AF_INET6
                            "1c001a80 08000200 00000000",
                            "10000a00 0c000200 0" + forwarding + "000000 40000000");
            assertTrue(reader.nextMessage());
            assertEquals(forwarding == 1, Link.decode(reader).forwarding());
        }
    }

    @Test
    void aLinkIsUpWhenItIsSwitchedOnAndHasACarrier() {
        assertFalse(Link.isUp(0));
        assertFalse(Link.isUp(Netlink.IFF_UP));
        assertFalse(Link.isUp(Netlink.IFF_RUNNING));
        assertTrue(Link.isUp(Netlink.IFF_UP | Netlink.IFF_RUNNING));
    }

    @Test
    void anAddressOfTheHostHasNoOriginAndNoEnd() {
        NetlinkReader reader =
                read(
                        "58000000 14000200 01000000 00000000",
                        "02188000 05000000",
                        "08000100 0a090001",
                        "08000200 0a090001",
                        "08000400 0a0900ff",
                        "09000300 65746830 00000000",
                        "08000800 80000000",
                        "14000600 ffffffff ffffffff 00000000 00000000");
        assertTrue(reader.nextMessage());
        InterfaceAddress address = InterfaceAddress.decode(reader);
        assertEquals(
                new InterfaceAddress(
                        5,
                        IpAddress.parse("10.9.0.1"),
                        24,
                        0,
                        Netlink.IFA_F_PERMANENT,
                        "eth0",
                        0,
                        Netlink.FOREVER),
                address);
        assertFalse(address.isLeased(3));
    }

    @Test
    void anAddressWithOurOriginIsLeased() {
        NetlinkReader reader =
                read(
                        "3c000000 14000200 01000000 00000000",
                        "02200000 05000000",
                        "08000200 0a090064",
                        "05000b00 70000000",
                        "14000600 03000000 03000000 00000000 00000000");
        assertTrue(reader.nextMessage());
        InterfaceAddress address = InterfaceAddress.decode(reader);
        assertNotNull(address);
        assertTrue(address.isLeased(2));
    }

    @Test
    void aKernelWithoutOriginsIsToldByTheLifetime() {
        InterfaceAddress shortLived = withoutOrigin(3);
        assertTrue(shortLived.isLeased(3));
        assertFalse(shortLived.isLeased(2));
        assertFalse(withoutOrigin(Netlink.FOREVER).isLeased(3));
    }

    @Test
    void anAddressOfAnotherFamilyIsNone() {
        NetlinkReader reader = read("18000000 14000200 01000000 00000000", "07000000 05000000");
        assertTrue(reader.nextMessage());
        assertNull(InterfaceAddress.decode(reader));
    }

    @Test
    void whatClaimsMoreBytesThanThereAreEndsTheReading() {
        assertFalse(read("20000000 14000200 01000000 00000000").nextMessage());
        assertFalse(read("08000000 14000200 01000000 00000000").nextMessage());
        NetlinkReader reader =
                read(
                        "20000000 14000200 01000000 00000000",
                        "02200000 05000000",
                        "ff000200 0a090064");
        assertTrue(reader.nextMessage());
        assertNull(InterfaceAddress.decode(reader));
    }

    @Test
    void ourOwnRenewalsDoNotConcernTheMonitorButEverythingElseDoes() {
        NetlinkReader ours =
                read(
                        "20000000 14000000 00000000 00000000",
                        "02200000 05000000",
                        "05000b00 70000000");
        assertTrue(ours.nextMessage());
        assertFalse(LinkMonitor.concerns(ours));
        NetlinkReader taken =
                read(
                        "20000000 15000000 00000000 00000000",
                        "02200000 05000000",
                        "05000b00 70000000");
        assertTrue(taken.nextMessage());
        assertTrue(LinkMonitor.concerns(taken));
        NetlinkReader other =
                read(
                        "20000000 14000000 00000000 00000000",
                        "02200000 05000000",
                        "08000200 0a090064");
        assertTrue(other.nextMessage());
        assertTrue(LinkMonitor.concerns(other));
        NetlinkReader link =
                read("20000000 11000000 00000000 00000000", "00000100 05000000 00000000 00000000");
        assertTrue(link.nextMessage());
        assertTrue(LinkMonitor.concerns(link));
    }

    private static InterfaceAddress withoutOrigin(int validSeconds) {
        return new InterfaceAddress(
                5, IpAddress.parse("10.9.0.100"), 32, 0, 0, null, 0, validSeconds);
    }

    private static NetlinkReader read(String... hex) {
        ByteBuffer bytes = Hex.bytes(Hex.lines(hex));
        return new NetlinkReader(bytes, bytes.capacity());
    }
}
