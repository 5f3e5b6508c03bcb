package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Action;
import io.evenkeel.vrrp.ActionSink;
import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.UnicastPeer;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives one virtual router: hands it its inputs and performs its actions, in order, at once. Decides nothing. */
final class RouterDriver implements ActionSink {
    private static final Logger LOG = LoggerFactory.getLogger(RouterDriver.class);

    /** Two readings of the clocks differ by less; what is more is a step of the wall clock. */
    private static final long CLOCK_STEP_NANOS = 1_000_000L;

    private final VirtualRouter router;
    private final AddressKeeper keeper;
    private final Turn turn;
    private final HeartbeatQueue heartbeat;
    private final Consumer<VrrpEvent> listener;
    private final Executor background;
    private VrrpPort port;
    private int sendResult;
    private boolean linkUp = true;
    private @Nullable IpAddress localAddress;
    private boolean addressUsable;
    private boolean addressPresent;
    private boolean wallClockKnown;
    private long wallMinusMonotonicNanos;

    /**
     * @param turn of all drivers of the thread
     * @param listener takes the router's events, without holding up the caller
     * @param background runs what must not hold up this thread, such as the log
     */
    RouterDriver(
            VirtualRouterConfig config,
            VrrpPort port,
            AddressKeeper keeper,
            Turn turn,
            Consumer<VrrpEvent> listener,
            Executor background) {
        this.router = new VirtualRouter(config, this);
        this.port = port;
        this.keeper = keeper;
        this.turn = turn;
        this.listener = listener;
        this.background = background;
        heartbeat = turn.heartbeat().queue(router, this::noteSent);
        heartbeat.prepare(port.laterSends(), config);
    }

    VrrpPort port() {
        return port;
    }

    VirtualRouter router() {
        return router;
    }

    String name() {
        return router.config().name();
    }

    /** Starts the router, which by now knows the wall clock if it signs. */
    void start(long now) {
        turn.begin(now);
        takePortState(now);
        router.startup(now);
    }

    /** Tells the router what became of its interface; called after every change of any interface. */
    void takePortState(long now) {
        turn.begin(now);
        IpAddress current = port.localAddress();
        boolean usable = port.isAddressUsable();
        boolean present = port.hasAddress();
        if (!current.equals(localAddress)
                || usable != addressUsable
                || present && !addressPresent) {
            localAddress = current;
            addressUsable = usable;
            router.handleLocalAddress(current, usable, now);
        }
        if (!present) {
            router.handleLocalAddressLost(now);
        }
        addressPresent = present;
        if (port.isUp() != linkUp) {
            linkUp = port.isUp();
            router.handleInterface(linkUp, now);
        }
        List<VirtualAddress> moved = keeper.takeMoved();
        if (!moved.isEmpty()) {
            router.handleAddressesMoved(moved, now);
        }
    }

    /** Tells the router which of its addresses somebody else took off the host. */
    void takeLostAddresses(HostView view, long now) {
        List<VirtualAddress> lost = keeper.takeLost(view);
        if (!lost.isEmpty()) {
            turn.begin(now);
            router.handleAddressesLost(lost, now);
        }
    }

    /** Tells the router the wall clock, unless it is what it was. */
    void takeWallClock(long wallMinusMonotonic) {
        long step = Math.abs(wallMinusMonotonic - wallMinusMonotonicNanos);
        if (!wallClockKnown || step > CLOCK_STEP_NANOS) {
            wallClockKnown = true;
            wallMinusMonotonicNanos = wallMinusMonotonic;
            router.handleWallClock(wallMinusMonotonic);
        }
    }

    /** Whether the router looks at the wall clock. */
    boolean isSigned() {
        return router.config().hmac() != null;
    }

    void handlePacket(ReceivedPacket packet, long now) {
        turn.begin(now);
        router.handlePacket(packet, now);
    }

    void handleSuspension(long suspendedNanos, long now) {
        turn.begin(now);
        router.handleSuspension(suspendedNanos, now);
    }

    static boolean tracks(VirtualRouterConfig config, String name) {
        for (Tracker tracker : config.trackers()) {
            if (tracker.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    void handleTracker(String name, boolean up, long now) {
        turn.begin(now);
        router.handleTracker(name, up, now);
    }

    void handleTrackerValue(String name, int value, long now) {
        turn.begin(now);
        router.handleTrackerValue(name, value, now);
    }

    void handover(long now) {
        turn.begin(now);
        router.handover(now);
    }

    void setMaintenance(boolean maintenance, long now) {
        turn.begin(now);
        router.setMaintenance(maintenance, now);
    }

    void setPriority(int priority, long now) {
        turn.begin(now);
        router.setPriority(priority, now);
        keeper.extend(router.config());
        keeper.retain(router.config());
    }

    /** Gives the same router another configuration, and the socket that it asks for. */
    void reconfigure(VirtualRouterConfig next, VrrpPort nextPort, long now) {
        keeper.extend(next);
        port = nextPort;
        takePortState(now);
        turn.begin(now);
        router.reconfigure(next, now);
        heartbeat.prepare(port.laterSends(), next);
        keeper.retain(next);
    }

    void shutdown(long now) {
        turn.begin(now);
        router.shutdown(now);
    }

    long nextDeadlineNanos() {
        long own = Math.min(router.nextDeadlineNanos(), keeper.nextDeadlineNanos());
        return Math.min(own, heartbeat.nextFillNanos());
    }

    /** Queues in the kernel what comes next; to be called when all that was due is done. */
    void fillHeartbeat(long now) {
        if (heartbeat.isLost()) {
            turn.begin(now);
            router.handleAdvertisementsLost();
        }
        heartbeat.fill(now);
    }

    void handleDeadline(long now) {
        turn.begin(now);
        if (now >= router.nextDeadlineNanos()) {
            router.handleDeadline(now);
        }
        if (now >= keeper.nextDeadlineNanos()) {
            keeper.handleDeadline(now);
        }
    }

    boolean isStopped() {
        return router.isStopped();
    }

    /** Puts the addresses that are held back on the host where another router has taken one of them off. */
    void renewAddresses(long now) {
        keeper.handleDeadline(now);
    }

    /** Gives up what it has on the host and in the kernel. */
    void leave() {
        turn.heartbeat().remove(heartbeat);
        keeper.removeAll();
    }

    @Override
    public void accept(Action action) {
        if (action instanceof Action.CancelAdvertisements) {
            heartbeat.cancel();
        } else if (action instanceof Action.SendAdvertisement send) {
            noteSent(send(send));
        } else if (action instanceof Action.AddAddresses add) {
            // Whether the host accepts packets to them is the AcceptFilter's, which knows it by
            // now.
            keeper.add(add.addresses(), turn.nowNanos());
        } else if (action instanceof Action.RemoveAddresses remove) {
            keeper.remove(remove.addresses());
        } else if (action instanceof Action.Announce announce) {
            keeper.announce(announce.addresses(), announce.repeat());
        } else if (action instanceof Action.Notify notify) {
            listener.accept(notify.event());
        }
    }

    /** Sends to the group or to each peer; returns 0 or the last negated errno. */
    private int send(Action.SendAdvertisement send) {
        VirtualRouterConfig config = router.config();
        Destinations destinations = config.destinations();
        if (!destinations.isUnicast()) {
            return sendTo(send, destinations.group(config.isIpv4()), destinations.ttl());
        }
        int failure = 0;
        List<UnicastPeer> peers = destinations.peers();
        for (int i = 0; i < peers.size(); i++) {
            int result = sendTo(send, peers.get(i).address(), destinations.ttl());
            if (result < 0) {
                failure = result;
            }
        }
        return failure;
    }

    private int sendTo(Action.SendAdvertisement send, IpAddress destination, int ttl) {
        port.outgoing().clear();
        int length = router.encode(send, destination, turn.nowNanos(), port.outgoing());
        return port.send(length, destination, ttl);
    }

    /** Says once when sending begins to fail and once when it works again. */
    private void noteSent(int result) {
        if (result == sendResult) {
            return;
        }
        sendResult = result;
        String name = name();
        String where = router.config().interfaceName();
        if (result < 0) {
            NativeCallException failure =
                    Errno.failure(-result, "Sending an advertisement of " + name + " on " + where);
            background.execute(() -> LOG.warn("{}", failure.getMessage()));
        } else {
            background.execute(() -> LOG.info("{} can send on {} again.", name, where));
        }
    }
}
