package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Action;
import io.evenkeel.vrrp.ActionSink;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives one virtual router: hands it its inputs and performs its actions, in order, at once. Decides nothing. */
final class RouterDriver implements ActionSink {
    private static final Logger LOG = LoggerFactory.getLogger(RouterDriver.class);

    private final VirtualRouter router;
    private final VrrpPort port;
    private final IpAddress group;
    private final AddressKeeper keeper;
    private final Consumer<VrrpEvent> listener;
    private final Executor background;
    private int sendResult;
    private long nowNanos;
    private boolean linkUp = true;
    private @Nullable IpAddress localAddress;

    /**
     * @param listener takes the router's events, without holding up the caller
     * @param background runs what must not hold up this thread, such as the log
     */
    RouterDriver(
            VirtualRouterConfig config,
            VrrpPort port,
            AddressKeeper keeper,
            Consumer<VrrpEvent> listener,
            Executor background) {
        this.router = new VirtualRouter(config, this);
        this.group = config.destinations().group(config.isIpv4());
        this.port = port;
        this.keeper = keeper;
        this.listener = listener;
        this.background = background;
    }

    VrrpPort port() {
        return port;
    }

    VirtualRouter router() {
        return router;
    }

    void start(long now) {
        nowNanos = now;
        takePortState(now);
        router.startup(now);
    }

    /** Tells the router what became of its interface; called after every change of any interface. */
    void takePortState(long now) {
        nowNanos = now;
        if (!port.localAddress().equals(localAddress)) {
            localAddress = port.localAddress();
            router.handleLocalAddress(localAddress, true, now);
        }
        if (port.isUp() != linkUp) {
            linkUp = port.isUp();
            router.handleInterface(linkUp, now);
        }
    }

    void handlePacket(ReceivedPacket packet, long now) {
        nowNanos = now;
        router.handlePacket(packet, now);
    }

    boolean tracks(String name) {
        for (Tracker tracker : router.config().trackers()) {
            if (tracker.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    void handleTracker(String name, boolean up, long now) {
        nowNanos = now;
        router.handleTracker(name, up, now);
    }

    void handover(long now) {
        nowNanos = now;
        router.handover(now);
    }

    void shutdown(long now) {
        nowNanos = now;
        router.shutdown(now);
    }

    long nextDeadlineNanos() {
        return Math.min(router.nextDeadlineNanos(), keeper.nextDeadlineNanos());
    }

    void handleDeadline(long now) {
        nowNanos = now;
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

    void removeAddresses() {
        keeper.removeAll();
    }

    @Override
    public void accept(Action action) {
        if (action instanceof Action.SendAdvertisement send) {
            port.outgoing().clear();
            noteSent(port.send(router.encode(send, group, nowNanos, port.outgoing())));
        } else if (action instanceof Action.AddAddresses add) {
            keeper.add(add.addresses(), nowNanos);
        } else if (action instanceof Action.RemoveAddresses remove) {
            keeper.remove(remove.addresses());
        } else if (action instanceof Action.Announce announce) {
            keeper.announce(announce.addresses(), announce.repeat());
        } else if (action instanceof Action.Notify notify) {
            listener.accept(notify.event());
        }
    }

    /** Says once when sending begins to fail and once when it works again. */
    private void noteSent(int result) {
        if (result == sendResult) {
            return;
        }
        sendResult = result;
        String name = router.config().name();
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
