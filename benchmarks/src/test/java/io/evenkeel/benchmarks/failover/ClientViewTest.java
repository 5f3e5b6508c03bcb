package io.evenkeel.benchmarks.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientViewTest {
    private final List<Packet> packets = new ArrayList<>();

    @Test
    void whereAllIsAnsweredTheWaitIsTheSlowestAnswer() {
        ask(0, 1);
        answer(10, 1);
        // A client that was held up has asked later, which nobody else is to blame for.
        ask(50_000, 2);
        answer(50_030, 2);
        assertEquals(30, ClientView.longestWaitNanos(packets));
    }

    @Test
    void whoAskedFirstAfterTheLossHasWaitedLongest() {
        ask(0, 1);
        answer(10, 1);
        ask(1_000, 2);
        ask(2_000, 3);
        ask(3_000, 4);
        answer(3_010, 4);
        assertEquals(2_010, ClientView.longestWaitNanos(packets));
    }

    @Test
    void whatWasAskedAtTheEndMayStillBeAnswered() {
        ask(0, 1);
        answer(10, 1);
        ask(1_000, 2);
        assertEquals(10, ClientView.longestWaitNanos(packets));
    }

    private void ask(long nanos, int number) {
        packets.add(new Packet(nanos, Packet.Kind.ECHO_REQUEST, 1, "", number, 0));
    }

    private void answer(long nanos, int number) {
        packets.add(new Packet(nanos, Packet.Kind.ECHO_REPLY, 2, "", number, 0));
    }
}
