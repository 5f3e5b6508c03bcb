package io.evenkeel.benchmarks.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapReaderTest {
    private static final String ADVERTISEMENT =
            """
            01005e000012 0200000000f1 0800
            45c0002000010000ff70 0000 0a500001 e0000012
            31336401000a0000 0a500101
            """;
    private static final String ANNOUNCEMENT =
            """
            ffffffffffff 0200000000f2 0806
            0001 0800 06 04 0001 0200000000f2 0a500101 ffffffffffff 0a500101
            """;
    private static final String QUESTION =
            """
            ffffffffffff 020000000050 0806
            0001 0800 06 04 0001 020000000050 0a500032 000000000000 0a500101
            """;
    private static final String REPLY =
            """
            020000000050 0200000000f2 0800
            450000240000 4000 4001 0000 0a500101 0a500032
            0000 0000 4556 0007 00010007 00000000
            """;
    private static final List<Packet> PACKETS =
            List.of(
                    new Packet(
                            1_000_000_005L,
                            Packet.Kind.ADVERTISEMENT,
                            Packet.macOf("02:00:00:00:00:f1"),
                            "",
                            0x33,
                            100),
                    new Packet(
                            2_000_000_000L,
                            Packet.Kind.ANNOUNCEMENT,
                            Packet.macOf("02:00:00:00:00:f2"),
                            "10.80.1.1",
                            0,
                            0),
                    new Packet(
                            4_999_999_999L,
                            Packet.Kind.ECHO_REPLY,
                            Packet.macOf("02:00:00:00:00:f2"),
                            "",
                            0x10007,
                            0));

    private static byte[] capture() {
        return new Frames()
                .add(1, 5, ADVERTISEMENT)
                .add(2, 0, ANNOUNCEMENT)
                .add(3, 0, QUESTION)
                .add(4, 999_999_999, REPLY)
                .bytes();
    }

    @Test
    void keepsWhatTheMeasurementsNeed() {
        byte[] capture = capture();
        assertEquals(PACKETS, new PcapReader().read(capture, capture.length));
    }

    @Test
    void readsAFileThatGrowsByteByByte() {
        PcapReader reader = new PcapReader();
        List<Packet> packets = new ArrayList<>();
        for (byte b : capture()) {
            packets.addAll(reader.read(new byte[] {b}, 1));
        }
        assertEquals(PACKETS, packets);
    }

    @Test
    void aFrameThatIsCutShortIsPassedOver() {
        String hex = ADVERTISEMENT.replaceAll("\\s", "");
        for (int length = 0; length < hex.length(); length += 2) {
            byte[] capture = new Frames().add(1, 5, hex.substring(0, length)).bytes();
            assertEquals(List.of(), new PcapReader().read(capture, capture.length));
        }
    }

    @Test
    void refusesAFileOfAnotherKind() {
        byte[] capture = capture();
        Arrays.fill(capture, 0, 4, (byte) 0);
        assertThrows(
                IllegalArgumentException.class,
                () -> new PcapReader().read(capture, capture.length));
    }

    @Test
    void whatTheProbeSendsHasARightChecksum() {
        byte[] packet = new byte[EchoPacket.LENGTH];
        EchoPacket.encode(0xfffe_fffd, packet);
        int sum = 0;
        for (int i = 0; i < packet.length; i += 2) {
            sum += (packet[i] & 0xff) << 8 | packet[i + 1] & 0xff;
        }
        assertEquals(0xffff, (sum & 0xffff) + (sum >>> 16));
    }
}
