package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Action;
import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.UnicastPeer;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VirtualRule;
import io.evenkeel.vrrp.VrrpState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Plays a router's life on no network and in no time before the real one begins: elections, advertisements, a rival, the release. The
 * JVM loads and links on first use, which costs tens of milliseconds; a takeover must not be the first use.
 */
final class Rehearsal {
    private static final int ELECTIONS = 20;
    private static final int TIMERS = 10;
    private static final int LOW_PRIORITY = 1;
    private static final int MAX_TIMERS = 1_000;

    /** What is repeated until it is quick is repeated so often at a time. */
    private static final int REPETITIONS = 100;

    /** What the JVM has compiled takes less for each repetition. */
    private static final long QUICK_NANOS = 10_000;

    /** A machine that is busy with something else must not hold up the start. */
    private static final long REPEATING_BOUND_NANOS = 150_000_000;

    private static final IpAddress LOCAL = IpAddress.parse("192.0.2.1");
    private static final IpAddress RIVAL = IpAddress.parse("192.0.2.2");
    private static final IpAddress LOCAL_6 = IpAddress.parse("fe80::1");
    private static final IpAddress RIVAL_6 = IpAddress.parse("fe80::2");

    /** Some day of 2027, since the routers want to know one. */
    private static final long WALL_NANOS = 1_800_000_000_000_000_000L;

    private final VirtualRouterConfig config;
    private final IpAddress local;
    private final IpAddress rival;
    private final IpAddress destination;
    private final int ttl;
    private final NullPort port;
    private final Heartbeat heartbeat;
    private final ReceivedPacket packet = new ReceivedPacket();
    private long now;

    private Rehearsal(VirtualRouterConfig config, Heartbeat heartbeat) {
        this.config = config;
        this.heartbeat = heartbeat;
        local = config.isIpv4() ? LOCAL : LOCAL_6;
        Destinations destinations = config.destinations();
        if (destinations.isUnicast()) {
            UnicastPeer peer = destinations.peers().get(0);
            rival = peer.address();
            ttl = peer.maxTtl();
            destination = local;
        } else {
            rival = config.isIpv4() ? RIVAL : RIVAL_6;
            ttl = RawPort.MAX_TTL;
            destination = destinations.group(config.isIpv4());
        }
        port = new NullPort(local);
    }

    /** Plays one router of each kind; what others of its kind would load and link is the same. */
    static void playAll(List<VirtualRouterConfig> routers, Heartbeat heartbeat) {
        Set<List<Object>> played = new HashSet<>();
        for (VirtualRouterConfig router : routers) {
            List<Object> kind =
                    List.of(
                            router.isIpv4(),
                            router.version(),
                            router.destinations().isUnicast(),
                            router.hmac() != null,
                            router.host().routes().isEmpty(),
                            router.host().rules().isEmpty());
            if (played.add(kind)) {
                play(router, heartbeat);
            }
        }
    }

    static void play(VirtualRouterConfig config, Heartbeat heartbeat) {
        new Rehearsal(config, heartbeat).play();
    }

    /** Asks a kernel that does nothing. */
    private static AddressKeeper keeper(VirtualRouterConfig config) {
        NetlinkConnection netlink = new NetlinkConnection(new RehearsalKernel());
        LinuxInterface network =
                new LinuxInterface(new Link(1, config.interfaceName(), 0, 1, 0, false));
        RouteKeeper routes =
                new RouteKeeper(
                        config.name(),
                        new RouteKeeper.Maker() {
                            @Override
                            public HostEntry route(VirtualRoute route) {
                                return new RouteEntry(route, network, netlink);
                            }

                            @Override
                            public HostEntry rule(VirtualRule rule) {
                                return new RuleEntry(rule, netlink);
                            }
                        },
                        new SharedEntries(),
                        Runnable::run);
        return new AddressLeases(
                config,
                (router, address) -> new AddressLease(address, network, false, new HeldAddresses()),
                netlink,
                (on, address, repeat) -> 0,
                routes,
                Runnable::run);
    }

    private void play() {
        VirtualRouterConfig stranger =
                config.toBuilder().priority(config.isOwner() ? 255 : 254).build();
        VirtualRouter other = new VirtualRouter(stranger, action -> {});
        other.handleLocalAddress(rival, true, now);
        other.handleWallClock(WALL_NANOS);
        RouterDriver driver =
                new RouterDriver(
                        config, port, keeper(config), new Turn(heartbeat), event -> {}, task -> {});
        driver.takeWallClock(WALL_NANOS);
        config.trackers().forEach(tracker -> driver.handleTracker(tracker.name(), true, now));
        driver.start(now);
        for (int election = 0; election < ELECTIONS; election++) {
            playActive(driver);
            hear(driver, other, other.config().priority());
        }
        playActive(driver);
        oversleep(driver, other);
        playActive(driver);
        driver.shutdown(now);
        for (int i = 0; i < MAX_TIMERS && !driver.isStopped(); i++) {
            runTimer(driver);
        }
        driver.leave();
    }

    /** Runs timers until the router is Active, and some more. */
    private void playActive(RouterDriver driver) {
        for (int i = 0; i < MAX_TIMERS && driver.router().state() != VrrpState.ACTIVE; i++) {
            runTimer(driver);
        }
        for (int i = 0; i < TIMERS; i++) {
            runTimer(driver);
        }
    }

    /**
     * Comes to an advertisement when a peer has taken over long since, and finds all that it said: what follows has to be quick, lest
     * that one does so again.
     */
    private void oversleep(RouterDriver driver, VirtualRouter other) {
        now += 100 * config.advertisementIntervalNanos();
        untilQuick(() -> hear(driver, other, LOW_PRIORITY));
        runTimer(driver);
    }

    /** Repeats it until the JVM has compiled what it runs. */
    static void untilQuick(Runnable repeated) {
        long start = System.nanoTime();
        long last = start;
        long took = Long.MAX_VALUE;
        while (took > REPETITIONS * QUICK_NANOS && last - start < REPEATING_BOUND_NANOS) {
            for (int i = 0; i < REPETITIONS; i++) {
                repeated.run();
            }
            long end = System.nanoTime();
            took = end - last;
            last = end;
        }
    }

    private void runTimer(RouterDriver driver) {
        long deadline = driver.nextDeadlineNanos();
        if (deadline != VirtualRouter.NO_DEADLINE) {
            now = Math.max(now, deadline);
            driver.handleDeadline(now);
            driver.fillHeartbeat(now);
        }
    }

    private void hear(RouterDriver driver, VirtualRouter other, int priority) {
        ByteBuffer message = port.outgoing();
        message.clear();
        int length =
                other.encode(
                        new Action.SendAdvertisement(
                                priority, other.config().advertisementIntervalCentis()),
                        destination,
                        now,
                        message);
        if (config.isIpv4()) {
            packet.setIpv4(message, 0, length, rival.ipv4Bits(), destination.ipv4Bits(), ttl, now);
        } else {
            packet.setIpv6(
                    message,
                    0,
                    length,
                    rival.high(),
                    rival.low(),
                    destination.high(),
                    destination.low(),
                    ttl,
                    now);
        }
        driver.handlePacket(packet, now);
    }

    /** A port to nowhere. */
    private final class NullPort implements VrrpPort {
        private final ByteBuffer outgoing =
                ByteBuffer.allocate(MAX_MESSAGE).order(ByteOrder.BIG_ENDIAN);
        private final IpAddress local;

        NullPort(IpAddress local) {
            this.local = local;
        }

        @Override
        public int fd() {
            return -1;
        }

        @Override
        public IpAddress localAddress() {
            return local;
        }

        @Override
        public boolean isAddressUsable() {
            return true;
        }

        @Override
        public boolean hasAddress() {
            return true;
        }

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public int receive(ReceivedPacket packet) {
            return EMPTY;
        }

        @Override
        public ByteBuffer outgoing() {
            return outgoing;
        }

        @Override
        public int send(int length, IpAddress destination, int ttl) {
            return 0;
        }

        /** Times are in the past here, so that the kernel sends what is queued at once, to a socket that there is not. */
        @Override
        public LaterSends laterSends() {
            return new NullSends();
        }

        @Override
        public long sendFailures() {
            return 0;
        }

        @Override
        public void close() {}
    }

    /** Sends nowhere. */
    private final class NullSends implements LaterSends {
        @Override
        public int fd() {
            return -1;
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
            return 1;
        }

        @Override
        public IpAddress destination(Destinations destinations, int index) {
            return destination;
        }

        @Override
        public void putAddress(ByteBuffer out, Destinations destinations, int index) {}

        @Override
        public int putControl(ByteBuffer out, Destinations destinations) {
            return 0;
        }

        @Override
        public void failed() {}
    }
}
