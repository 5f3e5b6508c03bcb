package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Action;
import io.evenkeel.vrrp.AdvertisementCodec;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Plays a router's life on no network and in no time before the real one begins: elections, advertisements, a rival, the release. The
 * JVM loads and links on first use, which costs tens of milliseconds; a takeover must not be the first use.
 */
final class Rehearsal {
    private static final int ELECTIONS = 20;
    private static final int TIMERS = 10;
    private static final int MAX_TIMERS = 1_000;
    private static final int TTL = 255;
    private static final IpAddress LOCAL = IpAddress.ofIpv4(0xc0000201);
    private static final int RIVAL = 0xc0000202;

    private final VirtualRouterConfig config;
    private final NullPort port = new NullPort();
    private final ReceivedPacket packet = new ReceivedPacket();
    private long now;

    private Rehearsal(VirtualRouterConfig config) {
        this.config = config;
    }

    static void play(VirtualRouterConfig config) {
        new Rehearsal(config).play();
    }

    private void play() {
        VirtualRouterConfig stranger =
                config.toBuilder().priority(config.isOwner() ? 255 : 254).build();
        VirtualRouter rival = new VirtualRouter(stranger, action -> {});
        rival.handleLocalAddress(IpAddress.ofIpv4(RIVAL), true, now);
        RouterDriver driver =
                new RouterDriver(config, port, new NullKeeper(), event -> {}, Runnable::run);
        config.trackers().forEach(tracker -> driver.handleTracker(tracker.name(), true, now));
        driver.start(now);
        for (int election = 0; election < ELECTIONS; election++) {
            playActive(driver);
            hear(driver, rival);
        }
        playActive(driver);
        driver.shutdown(now);
        for (int i = 0; i < MAX_TIMERS && !driver.isStopped(); i++) {
            runTimer(driver);
        }
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

    private void runTimer(RouterDriver driver) {
        long deadline = driver.nextDeadlineNanos();
        if (deadline != VirtualRouter.NO_DEADLINE) {
            now = Math.max(now, deadline);
            driver.handleDeadline(now);
        }
    }

    private void hear(RouterDriver driver, VirtualRouter rival) {
        ByteBuffer message = port.outgoing();
        message.clear();
        int length =
                rival.encode(
                        new Action.SendAdvertisement(
                                rival.config().priority(),
                                rival.config().advertisementIntervalCentis()),
                        AdvertisementCodec.IPV4_GROUP,
                        now,
                        message);
        int group = AdvertisementCodec.IPV4_GROUP.ipv4Bits();
        packet.setIpv4(message, 0, length, RIVAL, group, TTL, now);
        driver.handlePacket(packet, now);
    }

    /** A port to nowhere. */
    private static final class NullPort implements VrrpPort {
        private final ByteBuffer outgoing = ByteBuffer.allocate(2048).order(ByteOrder.BIG_ENDIAN);

        @Override
        public int fd() {
            return -1;
        }

        @Override
        public IpAddress localAddress() {
            return LOCAL;
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
        public int send(int length) {
            return 0;
        }

        @Override
        public long sendFailures() {
            return 0;
        }

        @Override
        public void close() {}
    }

    /** Keeps no address. */
    private static final class NullKeeper implements AddressKeeper {
        @Override
        public void add(List<VirtualAddress> addresses, long nowNanos) {}

        @Override
        public void remove(List<VirtualAddress> addresses) {}

        @Override
        public void announce(List<VirtualAddress> addresses, int repeat) {}

        @Override
        public long nextDeadlineNanos() {
            return VirtualRouter.NO_DEADLINE;
        }

        @Override
        public void handleDeadline(long nowNanos) {}

        @Override
        public void removeAll() {}
    }
}
