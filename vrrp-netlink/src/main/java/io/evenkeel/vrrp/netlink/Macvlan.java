package io.evenkeel.vrrp.netlink;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interface that has the MAC address of one virtual router. It is there as long as the router, and switched on while the router
 * is Active: a Backup must neither send with the address, by which switches find the Active, nor take what is sent to it.
 */
final class Macvlan {
    private static final Logger LOG = LoggerFactory.getLogger(Macvlan.class);

    /** Who switches it on a Backup, again and again, is left to it. */
    private static final int MAX_CORRECTIONS = 5;

    private final NetlinkConnection netlink;
    private final Lock inTurn;
    private final Executor switcher;
    private final Executor background;
    private final String router;
    private final String name;
    private final MacvlanIdentity identity;
    private int parentIndex;
    private @Nullable MacvlanMark mark;
    private volatile int index;

    /** Whether it is to be on: changed by the VRRP thread alone. */
    private volatile boolean raised;

    private volatile boolean lowering;
    private volatile int lastResult;
    private int corrections;

    /**
     * @param router the router's name
     * @param netlink shared with those that hold the lock
     * @param inTurn held while the connection is used
     * @param switcher switches it off, apart from the VRRP thread
     * @param background runs what must not hold up the VRRP thread, such as the log
     */
    Macvlan(
            String router,
            MacvlanIdentity identity,
            NetlinkConnection netlink,
            Lock inTurn,
            Executor switcher,
            Executor background) {
        this.netlink = netlink;
        this.inTurn = inTurn;
        this.switcher = switcher;
        this.background = background;
        this.router = router;
        this.identity = identity;
        name = identity.name();
    }

    MacvlanIdentity identity() {
        return identity;
    }

    String name() {
        return name;
    }

    /** Its index in the kernel, 0 while it is not there. */
    int index() {
        return index;
    }

    boolean isThere() {
        return index != 0;
    }

    /** Takes what was made on which parent, and how that was set before. */
    void takeMade(int madeIndex, int onParent, MacvlanMark madeMark) {
        index = madeIndex;
        parentIndex = onParent;
        mark = madeMark;
    }

    /** How that parent was set before, null if nothing was made on it yet. */
    @Nullable MacvlanMark markOn(int parent) {
        return parent == parentIndex ? mark : null;
    }

    /** Switches it on; returns 0 or a negated errno. Without effect, and without a system call, while it is. */
    int raise() {
        if (raised) {
            return 0;
        }
        raised = true;
        int result = turn(true);
        raised = result == 0;
        return result;
    }

    /** Has it switched off soon: the kernel waits for all CPUs in it, which the VRRP thread must not. */
    void lower() {
        if (raised) {
            raised = false;
            lowering = true;
            switcher.execute(this::lowerNow);
        }
    }

    private void lowerNow() {
        inTurn.lock();
        try {
            // It may have been raised again, or removed.
            if (!raised && isThere()) {
                turn(false);
            }
            lowering = false;
        } finally {
            inTurn.unlock();
        }
    }

    /** Takes what the kernel says of it now; false if it is gone and has to be made anew. */
    boolean follow(@Nullable Link link) {
        if (link == null || link.index() != index) {
            index = 0;
            return false;
        }
        boolean on = (link.flags() & Netlink.IFF_UP) != 0;
        if (on != raised && !lowering && corrections < MAX_CORRECTIONS && isOn() != raised) {
            corrections++;
            background.execute(
                    () ->
                            LOG.warn(
                                    "Another program switched {} {}, the interface with the virtual MAC address of {}; it is put right. Have that program leave the interface alone.",
                                    name,
                                    on ? "on" : "off",
                                    router));
            turn(raised);
        }
        return true;
    }

    /** Switches a new one as the old one was, because the router has not changed. */
    void resume() {
        if (raised) {
            turn(true);
        }
    }

    /** Removes it if it is there, with all that is on it. */
    void remove() {
        inTurn.lock();
        try {
            if (isThere()) {
                int result = netlink.removeLink(index);
                index = 0;
                if (result < 0 && result != -Errno.ENODEV) {
                    warn("remove", result);
                }
            }
        } finally {
            inTurn.unlock();
        }
    }

    /** What was seen before it was lowered may be out of date. */
    private boolean isOn() {
        inTurn.lock();
        try {
            LinkSettings link = LinkSettings.find(netlink.linkSettings(), name);
            return link != null && link.isSwitchedOn();
        } finally {
            inTurn.unlock();
        }
    }

    private int turn(boolean on) {
        int result = -Errno.ENODEV;
        inTurn.lock();
        try {
            if (isThere()) {
                result = netlink.switchLink(index, on);
            }
        } catch (NativeCallException e) {
            result = -e.errno();
        } finally {
            inTurn.unlock();
        }
        boolean gone = !on && result == -Errno.ENODEV;
        if (result < 0 && result != lastResult && !gone) {
            warn(on ? "switch on" : "switch off", result);
        }
        lastResult = result;
        return result;
    }

    private void warn(String what, int result) {
        String reason = Errno.describe(-result);
        background.execute(
                () ->
                        LOG.warn(
                                "Could not {} {}, the interface with the virtual MAC address of {}: {}.",
                                what,
                                name,
                                router,
                                reason));
    }
}
