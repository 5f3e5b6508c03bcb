package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Routers on a LAN that delays, reorders, loses and doubles packets and falls apart, on a virtual clock
 * that jumps from event to event. Everything random comes from one seed.
 */
final class Lan {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    private final SplittableRandom random;
    private final List<LanNode> nodes = new ArrayList<>();
    private final PriorityQueue<Delivery> wire =
            new PriorityQueue<>(
                    Comparator.comparingLong(Delivery::atNanos)
                            .thenComparingLong(Delivery::sequence));
    private final StringBuilder trace = new StringBuilder();
    private boolean traced = true;
    private boolean inOrder;
    private long nowNanos;
    private long sequence;
    private int lossPercent;
    private int doublePercent;
    private long maxLatencyNanos = MILLI;

    Lan(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A message on its way. */
    record Delivery(
            long atNanos,
            long sequence,
            LanNode to,
            byte[] message,
            IpAddress source,
            IpAddress destination) {}

    LanNode add(VirtualRouterConfig config, String address) {
        LanNode node = new LanNode(this, config, IpAddress.parse(address));
        nodes.add(node);
        return node;
    }

    /** Keeps no trace, which costs more than all the rest. */
    Lan untraced() {
        traced = false;
        return this;
    }

    /** No packet overtakes another on its way to the same host, as on a switched LAN. */
    Lan inOrder() {
        inOrder = true;
        return this;
    }

    Lan losing(int percent) {
        lossPercent = percent;
        return this;
    }

    Lan doubling(int percent) {
        doublePercent = percent;
        return this;
    }

    /** Each packet takes its own time up to this, so that one may overtake another. */
    Lan latency(long nanos) {
        maxLatencyNanos = nanos;
        return this;
    }

    List<LanNode> nodes() {
        return nodes;
    }

    long nowNanos() {
        return nowNanos;
    }

    String trace() {
        return trace.toString();
    }

    void note(LanNode node, Object what) {
        if (traced) {
            trace.append(nowNanos / 1000).append(" us ").append(node.address).append(' ');
            trace.append(what).append('\n');
        }
    }

    List<LanNode> active() {
        return nodes.stream().filter(each -> each.router.state() == VrrpState.ACTIVE).toList();
    }

    /** Puts a message on the wire to everybody who is connected to the sender and meant by it. */
    void carry(LanNode from, byte[] message, IpAddress destination) {
        for (int i = 0; i < nodes.size(); i++) {
            LanNode to = nodes.get(i);
            boolean meant = destination.isMulticast() || destination.equals(to.address);
            if (to == from || !meant || !from.reaches(to)) {
                continue;
            }
            int copies = doublePercent > 0 && random.nextInt(100) < doublePercent ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                if (lossPercent == 0 || random.nextInt(100) >= lossPercent) {
                    long drawn = nowNanos + 1 + random.nextLong(maxLatencyNanos);
                    long at = inOrder ? Math.max(drawn, to.lastArrivalNanos + 1) : drawn;
                    to.lastArrivalNanos = at;
                    wire.add(new Delivery(at, sequence++, to, message, from.address, destination));
                }
            }
        }
    }

    void run(long nanos) {
        long until = nowNanos + nanos;
        while (true) {
            long next = until;
            for (int i = 0; i < nodes.size(); i++) {
                next = Math.min(next, Math.max(nowNanos, nodes.get(i).wakeNanos()));
            }
            if (!wire.isEmpty()) {
                next = Math.min(next, wire.peek().atNanos());
            }
            nowNanos = next;
            while (!wire.isEmpty() && wire.peek().atNanos() <= nowNanos) {
                Delivery delivery = wire.poll();
                delivery.to().arrived(delivery);
            }
            for (int i = 0; i < nodes.size(); i++) {
                nodes.get(i).drive();
            }
            if (nowNanos >= until) {
                return;
            }
        }
    }

    /** A message for a buffer of its own. */
    static byte[] copy(ByteBuffer out, int length) {
        byte[] message = new byte[length];
        out.get(0, message);
        return message;
    }
}
