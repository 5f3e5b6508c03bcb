package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** The question who has an address, and its answers, as bytes. */
class ArpProbeTest {
    private static final String REPLY =
            "020000000001 020000000002 0806 0001 0800 06 04 0002 020000000002 0a090064 020000000001 00000000";

    @Test
    void theQuestionNamesNoSender() {
        ByteBuffer out = ByteBuffer.allocate(60).order(ByteOrder.BIG_ENDIAN);
        out.put(50, (byte) 0xff);
        ArpProbe.encode(out, 0x0200_0000_0001L, IpAddress.parse("10.9.0.100"));
        assertEquals(
                Hex.of(
                        Hex.bytes(
                                "ffffffffffff 020000000001 0806 0001 0800 06 04 0001 020000000001 00000000 000000000000 0a090064"
                                        + "00".repeat(18)),
                        60),
                Hex.of(out, 60));
    }

    @Test
    void whoeverHasTheAddressSaysSoWithItsHardwareAddress() {
        ByteBuffer reply = Hex.bytes(REPLY).order(ByteOrder.BIG_ENDIAN);
        assertEquals(IpAddress.parse("10.9.0.100"), ArpProbe.sender(reply, 42));
        assertEquals("02:00:00:00:00:02", ArpProbe.mac(reply));
    }

    @Test
    void whatIsCutOffOrOfAnotherKindOfNetworkIsNoAnswer() {
        ByteBuffer reply = Hex.bytes(REPLY).order(ByteOrder.BIG_ENDIAN);
        assertEquals(IpAddress.ofIpv4(0), ArpProbe.sender(reply, 41));
        reply.put(15, (byte) 6);
        assertEquals(IpAddress.ofIpv4(0), ArpProbe.sender(reply, 42));
    }
}
