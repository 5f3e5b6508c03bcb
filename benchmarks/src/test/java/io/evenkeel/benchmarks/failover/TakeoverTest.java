package io.evenkeel.benchmarks.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakeoverTest {
    private final List<Packet> packets = new ArrayList<>();

    @Test
    void isTheTimeFromTheLastAdvertisementToTheAnnouncement() {
        add(0, Packet.Kind.ADVERTISEMENT, 1);
        add(10, Packet.Kind.ADVERTISEMENT, 1);
        add(47, Packet.Kind.ADVERTISEMENT, 2);
        add(48, Packet.Kind.ANNOUNCEMENT, 2);
        add(49, Packet.Kind.ANNOUNCEMENT, 2);
        assertEquals(38, takeover());
    }

    @Test
    void aTakeoverThatDidNotLastDoesNotCount() {
        add(0, Packet.Kind.ADVERTISEMENT, 1);
        add(37, Packet.Kind.ADVERTISEMENT, 2);
        add(38, Packet.Kind.ANNOUNCEMENT, 2);
        add(40, Packet.Kind.ADVERTISEMENT, 1);
        add(77, Packet.Kind.ADVERTISEMENT, 2);
        add(79, Packet.Kind.ANNOUNCEMENT, 2);
        assertEquals(39, takeover());
    }

    @Test
    void anAnnouncementFromBeforeIsNone() {
        add(0, Packet.Kind.ADVERTISEMENT, 1);
        add(5, Packet.Kind.ANNOUNCEMENT, 2);
        add(47, Packet.Kind.ADVERTISEMENT, 2);
        assertEquals(Double.NaN, takeover());
    }

    private double takeover() {
        return Takeover.nanos(
                packets,
                p -> p.kind() == Packet.Kind.ADVERTISEMENT && p.mac() == 1,
                p -> p.kind() == Packet.Kind.ADVERTISEMENT && p.mac() == 2,
                p -> p.kind() == Packet.Kind.ANNOUNCEMENT && p.mac() == 2);
    }

    private void add(long nanos, Packet.Kind kind, long mac) {
        packets.add(new Packet(nanos, kind, mac, "", 1, 100));
    }
}
