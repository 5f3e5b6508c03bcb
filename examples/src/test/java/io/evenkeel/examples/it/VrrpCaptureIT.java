package io.evenkeel.examples.it;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tcpdump is the judge of what the nodes send: it must be able to find fault. */
class VrrpCaptureIT {
    /** Sent by keepalived 2.2.7: version 3, VRID 51, priority 100, 10.9.0.1 to 224.0.0.18. */
    private static final String GOOD = "31336401000a75bb0a090064";

    private static final String WRONG_SUM = GOOD.replace("75bb", "75bc");

    private static final String IP_HEADER = "45c0002000010000ff70d0900a090001e0000012";

    @TempDir private Path directory;

    @BeforeAll
    static void needsTcpdump() {
        if (Requirements.find("tcpdump") == null) {
            Requirements.impossible(VrrpCaptureIT.class, "tcpdump is not installed.");
        }
    }

    @Test
    void readsAGoodPacket() throws IOException, InterruptedException {
        List<VrrpPacket> packets = VrrpPacket.parse(tcpdump(IP_HEADER + GOOD));
        assertEquals(1, packets.size());
        VrrpPacket packet = packets.get(0);
        assertEquals("10.9.0.1", packet.source());
        assertEquals(3, packet.version());
        assertEquals(51, packet.virtualRouterId());
        assertEquals(100, packet.priority());
        assertTrue(packet.isSound(), packet.text());
    }

    @Test
    void flagsAWrongChecksum() throws IOException, InterruptedException {
        VrrpPacket packet = VrrpPacket.parse(tcpdump(IP_HEADER + WRONG_SUM)).get(0);
        assertFalse(packet.isSound(), packet.text());
    }

    private String tcpdump(String packetHex) throws IOException, InterruptedException {
        byte[] packet = HexFormat.of().parseHex(packetHex);
        ByteBuffer pcap = ByteBuffer.allocate(40 + packet.length).order(ByteOrder.LITTLE_ENDIAN);
        pcap.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        pcap.putInt(0).putInt(0).putInt(65_535).putInt(101); // raw IP
        pcap.putInt(1_700_000_000).putInt(0).putInt(packet.length).putInt(packet.length);
        pcap.put(packet);
        Path file = Files.write(directory.resolve("one.pcap"), pcap.array());
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(
                                requireNonNull(Requirements.find("tcpdump")).toString(),
                                "-n",
                                "-tt",
                                "-vvv",
                                "-r",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertEquals(0, process.waitFor(), Files.readString(output));
        return Files.readString(output);
    }
}
