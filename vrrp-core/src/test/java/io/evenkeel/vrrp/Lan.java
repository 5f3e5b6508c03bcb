package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

/**
 * Routers on a LAN that delays, loses and doubles packets and falls apart, on a virtual clock that
 * jumps from event to event. Everything random comes from one seed.
 */
final class Lan {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    private final Random random;
    private final List<Node> nodes = new ArrayList<>();
    private final PriorityQueue<Delivery> wire =
            new PriorityQueue<>(
                    Comparator.comparingLong(Delivery::atNanos)
                            .thenComparingLong(Delivery::sequence));
    private final StringBuilder trace = new StringBuilder();
    private long nowNanos;
    private long sequence;
    private int lossPercent;
    private int doublePercent;
    private long maxLatencyNanos = MILLI;

    Lan(long seed) {
        this.random = new Random(seed);
    }

    private record Delivery(long atNanos, long sequence, Node to, byte[] message, int source) {}

    /** One host: a router, its socket and the loop of the package documentation. */
    final class Node {
        final VirtualRouter router;
        final String address;
        final Set<VirtualAddress> owned = new HashSet<>();
        int sent;
        int segment;
        private final Queue<Delivery> socket = new ArrayDeque<>();
        private final ByteBuffer out = ByteBuffer.allocate(1500);
        private final ReceivedPacket packet = new ReceivedPacket();
        private long pausedUntilNanos;
        private boolean linkUp = true;
        private boolean starting;

        Node(VirtualRouterConfig config, String address) {
            this.router = new VirtualRouter(config, this::perform);
            this.address = address;
            router.handleLocalAddress(IpAddress.parse(address), true, 0);
        }

        void start() {
            starting = true;
            router.startup(nowNanos);
            starting = false;
        }

        void stop() {
            router.shutdown(nowNanos);
        }

        void handover() {
            router.handover(nowNanos);
        }

        void report(String tracker, boolean up) {
            router.handleTracker(tracker, up, nowNanos);
        }

        void link(boolean up) {
            linkUp = up;
            router.handleInterface(up, nowNanos);
        }

        void pause(long nanos) {
            pausedUntilNanos = nowNanos + nanos;
        }

        boolean isPaused() {
            return pausedUntilNanos > nowNanos;
        }

        private long wakeNanos() {
            long wake = socket.isEmpty() ? router.nextDeadlineNanos() : nowNanos;
            return Math.max(wake, pausedUntilNanos);
        }

        private void drive() {
            if (isPaused()) {
                return;
            }
            for (Delivery each = socket.poll(); each != null; each = socket.poll()) {
                packet.setIpv4(
                        ByteBuffer.wrap(each.message()),
                        0,
                        each.message().length,
                        each.source(),
                        Packets.GROUP,
                        255,
                        each.atNanos());
                router.handlePacket(packet, nowNanos);
            }
            if (router.nextDeadlineNanos() <= nowNanos) {
                router.handleDeadline(nowNanos);
                if (router.nextDeadlineNanos() <= nowNanos) {
                    throw new AssertionError(
                            address + " has a deadline in the past at " + nowNanos + "\n" + trace);
                }
            }
        }

        private void perform(Action action) {
            if (router.isStopped() && !starting && !(action instanceof Action.Notify)) {
                throw new AssertionError(address + " acts though stopped: " + action);
            }
            trace.append(nowNanos / 1000).append(" us ").append(address).append(' ');
            trace.append(action).append('\n');
            if (action instanceof Action.SendAdvertisement advertisement) {
                sent++;
                send(advertisement);
            } else if (action instanceof Action.AddAddresses add) {
                owned.addAll(add.addresses());
            } else if (action instanceof Action.RemoveAddresses remove) {
                remove.addresses().forEach(owned::remove);
            }
        }

        private void send(Action.SendAdvertisement advertisement) {
            out.clear();
            byte[] message =
                    new byte
                            [router.encode(
                                    advertisement, AdvertisementCodec.IPV4_GROUP, nowNanos, out)];
            out.get(0, message);
            for (Node to : nodes) {
                boolean connected = linkUp && to.linkUp && segment == to.segment;
                int copies = random.nextInt(100) < doublePercent ? 2 : 1;
                for (int i = 0; i < copies; i++) {
                    if (to != this && connected && random.nextInt(100) >= lossPercent) {
                        long at = nowNanos + 1 + (long) (random.nextDouble() * maxLatencyNanos);
                        int source = IpAddress.parse(address).ipv4Bits();
                        wire.add(new Delivery(at, sequence++, to, message, source));
                    }
                }
            }
        }

        @Override
        public String toString() {
            return address
                    + " "
                    + router.state()
                    + " priority "
                    + router.effectivePriority()
                    + (owned.isEmpty() ? "" : " owns");
        }
    }

    Node add(VirtualRouterConfig config, String address) {
        Node node = new Node(config, address);
        nodes.add(node);
        return node;
    }

    Lan losing(int percent) {
        lossPercent = percent;
        return this;
    }

    Lan doubling(int percent) {
        doublePercent = percent;
        return this;
    }

    Lan latency(long nanos) {
        maxLatencyNanos = nanos;
        return this;
    }

    List<Node> nodes() {
        return nodes;
    }

    long nowNanos() {
        return nowNanos;
    }

    String trace() {
        return trace.toString();
    }

    List<Node> active() {
        return nodes.stream().filter(each -> each.router.state() == VrrpState.ACTIVE).toList();
    }

    void run(long nanos) {
        long until = nowNanos + nanos;
        while (true) {
            long next = until;
            for (Node node : nodes) {
                next = Math.min(next, Math.max(nowNanos, node.wakeNanos()));
            }
            if (!wire.isEmpty()) {
                next = Math.min(next, wire.peek().atNanos());
            }
            nowNanos = next;
            while (!wire.isEmpty() && wire.peek().atNanos() <= nowNanos) {
                Delivery delivery = wire.poll();
                delivery.to().socket.add(delivery);
            }
            for (Node node : nodes) {
                node.drive();
            }
            if (nowNanos >= until) {
                return;
            }
        }
    }
}
