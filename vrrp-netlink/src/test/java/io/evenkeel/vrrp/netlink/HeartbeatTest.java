package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.Action;
import io.evenkeel.vrrp.AdvertisementCodec;
import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.lang.reflect.Proxy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Advertisements that the real kernel sends while the thread that queued them does nothing. Needs no privileges. */
class HeartbeatTest {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration TOLERANCE = Duration.ofMillis(500);

    private final Libc libc = new JnaLibc();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<Integer> results = new ArrayList<>();
    private final Heartbeat heartbeat =
            open(new Heartbeat(libc, TOLERANCE.toNanos(), Runnable::run));

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void theKernelSendsOnTimeWhileTheThreadSleeps() throws Exception {
        DatagramSocket peer = listen();
        Node node = new Node(new ToPeers(udp(), peer));
        node.drive();
        drain(peer);
        TimeUnit.MILLISECONDS.sleep(300);
        List<byte[]> heard = drain(peer);
        assertTrue(heard.size() >= 25 && heard.size() <= 50, heard.size() + " in 300 ms");
        assertEquals(200, heard.get(0)[2] & 0xff, "the priority");
        assertEquals(1, heard.get(0)[5], "the interval in hundredths of a second");

        heartbeat.report();
        long queued = heartbeat.status().queued();
        assertTrue(queued >= heard.size() && queued <= 50, queued + " told");
        assertTrue(node.router.counters().advertisementsSent() > queued);
        assertEquals(Set.of(0), Set.copyOf(results));
    }

    @Test
    void whatIsSentIsReplacedByMoreUpToTheTolerance() throws Exception {
        DatagramSocket peer = listen();
        Node node = new Node(new ToPeers(udp(), peer));
        // Twice what fits the queue.
        while (heartbeat.status().queued() < 2 * TOLERANCE.dividedBy(INTERVAL)) {
            node.drive();
            long aheadNanos = node.router.nextAdvertisementNanos() - System.nanoTime();
            assertTrue(aheadNanos <= TOLERANCE.plus(INTERVAL).toNanos(), aheadNanos + " ns");
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertEquals(VrrpState.ACTIVE, node.router.state());
    }

    @Test
    void nothingIsSentAfterACancellation() throws Exception {
        DatagramSocket peer = listen();
        Node node = new Node(new ToPeers(udp(), peer));
        int cancelled = 0;
        for (int round = 0; round < 50; round++) {
            node.drive();
            // Close to when one is sent, before and after.
            TimeUnit.MICROSECONDS.sleep(9_000 + 50 * round);
            actions.clear();
            heartbeat.report();
            if (!node.queue.isEmpty()) {
                node.router.handleTracker("check", cancelled % 2 == 0, System.nanoTime());
                cancelled++;
                assertEquals(Action.CancelAdvertisements.class, actions.get(0).getClass());
            }
            drain(peer);
            TimeUnit.MILLISECONDS.sleep(15);
            assertEquals(0, drain(peer).size(), "in round " + round);
        }
        // On a busy machine a sleep may last longer than the queue.
        assertTrue(cancelled > 0);
    }

    @Test
    void whatWasCancelledIsQueuedAnew() throws Exception {
        DatagramSocket peer = listen();
        Node node = new Node(new ToPeers(udp(), peer));
        node.drive();
        heartbeat.report();
        node.router.handleTracker("check", true, System.nanoTime());
        drain(peer);
        node.drive();
        TimeUnit.MILLISECONDS.sleep(100);
        List<byte[]> heard = drain(peer);
        assertTrue(heard.size() >= 5 && heard.size() <= 50, heard.size() + " in 100 ms");
        assertEquals(210, heard.get(0)[2] & 0xff, "the new priority");
    }

    @Test
    void twoRoutersDoNotCancelEachOther() throws Exception {
        DatagramSocket first = listen();
        DatagramSocket second = listen();
        Node cancelled = new Node(new ToPeers(udp(), first));
        Node going = new Node(new ToPeers(udp(), second));
        cancelled.drive();
        going.drive();
        cancelled.queue.cancel();
        drain(first);
        drain(second);
        TimeUnit.MILLISECONDS.sleep(100);
        assertEquals(0, drain(first).size());
        assertTrue(drain(second).size() >= 5);
    }

    @Test
    void eachOfSeveralPeersIsSentTo() throws Exception {
        DatagramSocket first = listen();
        DatagramSocket second = listen();
        DatagramSocket third = listen();
        Node node = new Node(new ToPeers(udp(), first, second, third));
        node.drive();
        TimeUnit.MILLISECONDS.sleep(100);
        node.queue.cancel();
        int heard = drain(first).size();
        assertTrue(heard >= 5, heard + " in 100 ms");
        assertEquals(heard, drain(second).size());
        assertEquals(heard, drain(third).size());
        heartbeat.report();
        assertEquals(heard, heartbeat.status().queued(), "each is one advertisement");
    }

    @Test
    void aSendThatFailsIsToldAndTheNextIsSentAllTheSame() throws Exception {
        ToPeers nowhere = new ToPeers(-1, listen());
        Node node = new Node(nowhere);
        node.drive();
        TimeUnit.MILLISECONDS.sleep(100);
        node.queue.cancel();
        heartbeat.report();
        assertEquals(Set.of(-9), Set.copyOf(results), "EBADF");
        assertTrue(nowhere.failures >= 5, nowhere.failures + " failures");
        assertEquals(nowhere.failures, heartbeat.status().queued());
    }

    @Test
    void aKernelThatForbidsItIsNamedAndNothingIsQueued() throws Exception {
        Libc forbidding =
                (Libc)
                        Proxy.newProxyInstance(
                                Libc.class.getClassLoader(),
                                new Class<?>[] {Libc.class},
                                (proxy, method, arguments) ->
                                        method.getName().equals("syscall")
                                                ? (Object) (long) -Errno.EPERM
                                                : method.invoke(libc, arguments));
        try (Heartbeat none = new Heartbeat(forbidding, TOLERANCE.toNanos(), Runnable::run)) {
            Node node = new Node(none, new ToPeers(udp(), listen()));
            node.drive();
            assertEquals(VirtualRouter.NO_DEADLINE, node.queue.nextFillNanos());
            HeartbeatStatus status = none.status();
            assertFalse(status.inKernel());
            assertEquals(0, status.pauseToleranceNanos());
            String reason = status.reason();
            assertNotNull(reason);
            assertTrue(
                    reason.contains("io_uring failed with EPERM")
                            && reason.contains("kernel.io_uring_disabled"),
                    reason);
        }
    }

    /** An Active router and what drives it, when told to. */
    private final class Node {
        final VirtualRouter router;
        final HeartbeatQueue queue;

        Node(LaterSends sends) {
            this(heartbeat, sends);
        }

        Node(Heartbeat heartbeat, LaterSends sends) {
            VirtualRouterConfig config =
                    LoopbackNode.config(200, INTERVAL)
                            .trackers(List.of(new Tracker("check", 10)))
                            .build();
            router = new VirtualRouter(config, this::perform);
            queue = heartbeat.queue(router, results::add);
            queue.prepare(sends, config);
            router.handleLocalAddress(IpAddress.parse("127.0.0.1"), true, System.nanoTime());
            router.handleTracker("check", false, System.nanoTime());
            router.startup(System.nanoTime());
            while (router.state() != VrrpState.ACTIVE) {
                drive();
            }
        }

        private void perform(Action action) {
            actions.add(action);
            if (action instanceof Action.CancelAdvertisements) {
                queue.cancel();
            }
        }

        /** One round: what is late the router sends by itself, what is to come is queued. */
        void drive() {
            long now = System.nanoTime();
            heartbeat.report();
            if (router.nextDeadlineNanos() <= now) {
                router.handleDeadline(now);
            }
            queue.fill(System.nanoTime());
        }
    }

    private DatagramSocket listen() throws Exception {
        DatagramSocket socket = open(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        socket.setSoTimeout(1);
        return socket;
    }

    private int udp() {
        int fd = libc.socket(Sockets.AF_INET, Sockets.SOCK_DGRAM | Sockets.SOCK_NONBLOCK, 0);
        open((AutoCloseable) () -> libc.close(fd));
        return fd;
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    private static List<byte[]> drain(DatagramSocket socket) throws Exception {
        List<byte[]> messages = new ArrayList<>();
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return messages;
            }
            messages.add(packet.getData());
        }
    }

    /** Sends to UDP sockets of this test. */
    private static final class ToPeers implements LaterSends {
        private final int fd;
        private final DatagramSocket[] peers;
        private int failures;

        ToPeers(int fd, DatagramSocket... peers) {
            this.fd = fd;
            this.peers = peers;
        }

        @Override
        public int fd() {
            return fd;
        }

        @Override
        public int flags() {
            return 0;
        }

        @Override
        public int addressSize() {
            return Sockets.SOCKADDR_IN_SIZE;
        }

        @Override
        public int count(Destinations destinations) {
            return peers.length;
        }

        @Override
        public IpAddress destination(Destinations destinations, int index) {
            return AdvertisementCodec.IPV4_GROUP;
        }

        @Override
        public void putAddress(ByteBuffer out, Destinations destinations, int index) {
            Sockets.putInternetAddress(out, 0x7f000001, peers[index].getLocalPort());
        }

        @Override
        public int putControl(ByteBuffer out, Destinations destinations) {
            return 0;
        }

        @Override
        public void failed() {
            failures++;
        }
    }
}
