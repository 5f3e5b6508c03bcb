package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.IpAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The byte layout of the kernel's socket structures on a little-endian machine. */
class SocketsTest {
    @Test
    void sockaddrInHasTheFamilyInNativeAndTheRestInNetworkOrder() {
        ByteBuffer out = Hex.buffer(16);
        Sockets.putInternetAddress(out, 0xe0000012, 7112);
        assertEquals("02001bc8 e0000012 00000000 00000000", Hex.of(out, 16));
        assertEquals(0xe0000012, Sockets.internetAddress(out, 0));
        assertEquals(7112, Sockets.internetPort(out, 0));
    }

    @Test
    void sockaddrLlNamesTheProtocolTheInterfaceAndSixBytesOfAddress() {
        ByteBuffer out = Hex.buffer(20);
        Sockets.putLinkAddress(out, Sockets.ETH_P_ARP, 7);
        assertEquals("11000806 07000000 00000006 00000000 00000000", Hex.of(out, 20));
    }

    @Test
    void sockaddrNlAddressesTheKernelAndItsGroups() {
        ByteBuffer out = Hex.buffer(12);
        Sockets.putNetlinkAddress(out, Netlink.RTMGRP_LINK | Netlink.RTMGRP_IPV4_IFADDR);
        assertEquals("10000000 00000000 11000000", Hex.of(out, 12));
    }

    @Test
    void ipMreqnHoldsGroupLocalAddressAndInterface() {
        ByteBuffer out = Hex.buffer(12);
        Sockets.putMulticastRequest(out, 0xe0000012, 0x0a090001, 3);
        assertEquals("e0000012 0a090001 03000000", Hex.of(out, 12));
    }

    @Test
    void sockaddrIn6HasTheAddressInNetworkAndTheScopeInNativeOrder() {
        ByteBuffer out = Hex.buffer(28);
        Sockets.putInternet6Address(out, IpAddress.parse("fe80::12:34"), 7);
        assertEquals(
                "0a000000 00000000 fe800000 00000000 00000000 00120034 07000000", Hex.of(out, 28));
    }

    @Test
    void ipv6MreqHoldsGroupAndInterface() {
        ByteBuffer out = Hex.buffer(20);
        Sockets.putMulticast6Request(out, IpAddress.parse("ff02::12"), 3);
        assertEquals("ff020000 00000000 00000000 00000012 03000000", Hex.of(out, 20));
    }

    @Test
    void destinationAndHopLimitAreFoundAmongOtherControlMessages() {
        ByteBuffer control =
                Hex.bytes(
                        Hex.lines(
                                // SO_TIMESTAMPNS
                                "20000000 00000000 01000000 23000000",
                                "05000000 00000000 06000000 00000000",
                                // IPV6_PKTINFO (level 41, type 50): 36 bytes, padded to 40
                                "24000000 00000000 29000000 32000000",
                                "ff020000 00000000 00000000 00000012 03000000 00000000",
                                // IPV6_HOPLIMIT (level 41, type 52)
                                "14000000 00000000 29000000 34000000 ff000000 00000000"));
        assertEquals(48, DatagramReader.find(control, 96, 41, 50, 16));
        assertEquals(88, DatagramReader.find(control, 96, 41, 52, 4));
        assertEquals(255, control.getInt(88));
        // Cut off by a kernel that had no room.
        assertEquals(-1, DatagramReader.find(control, 72, 41, 52, 4));
    }

    @Test
    void timespecSplitsSecondsAndNanoseconds() {
        ByteBuffer out = Hex.buffer(16);
        Timespec.put(out, 0, 1_000_000_002L);
        assertEquals("01000000 00000000 02000000 00000000", Hex.of(out, 16));
        assertEquals(1_000_000_002L, Timespec.nanos(out, 0));
    }

    @Test
    void theKernelsTimestampIsFoundAmongOtherControlMessages() {
        ByteBuffer control =
                Hex.bytes(
                        Hex.lines(
                                // IP_TTL (level 0, type 2): 20 bytes, padded to 24
                                "14000000 00000000 00000000 02000000 ff000000 00000000",
                                // SO_TIMESTAMPNS (level 1, type 35): 5 s and 6 ns
                                "20000000 00000000 01000000 23000000",
                                "05000000 00000000 06000000 00000000"));
        assertEquals(5_000_000_006L, DatagramReader.kernelNanos(control, 56));
    }

    @Test
    void aTruncatedControlMessageHasNoTimestamp() {
        ByteBuffer control =
                Hex.bytes(
                        "20000000 00000000 01000000 23000000 05000000 00000000 06000000 00000000");
        assertEquals(0, DatagramReader.kernelNanos(control, 24));
        assertEquals(0, DatagramReader.kernelNanos(control, 0));
        control.putLong(0, 3);
        assertEquals(0, DatagramReader.kernelNanos(control, 32));
    }
}
