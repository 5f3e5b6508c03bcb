package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the routes and routing rules of one owner on the host, takes them off, and puts back what is missing. Used by one thread at a
 * time. Never throws: it reports what changes, and nothing twice.
 */
final class RouteKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(RouteKeeper.class);

    /** A route without a device is another one for the kernel when the way to its gateway changes: so many may be there. */
    private static final int MAX_COPIES = 8;

    private final String owner;
    private final Maker maker;
    private final SharedEntries shared;
    private final Executor background;

    /** Routes first, since rules lead to them. */
    private List<HostEntry> entries = List.of();

    private boolean on;

    /** Makes what asks the kernel. */
    interface Maker {
        HostEntry route(VirtualRoute route);

        HostEntry rule(VirtualRule rule);
    }

    /**
     * @param owner whose they are, for people
     * @param shared of all owners
     * @param background runs what must not hold up the caller, such as the log
     */
    RouteKeeper(String owner, Maker maker, SharedEntries shared, Executor background) {
        this.owner = owner;
        this.maker = maker;
        this.shared = shared;
        this.background = background;
    }

    /** Whether there is anything to {@link #renew}. */
    boolean isBusy() {
        return on && !entries.isEmpty();
    }

    void putOn() {
        on = true;
        renew();
    }

    /** Puts back what is missing of what is to be there. */
    void renew() {
        for (int i = 0; on && i < entries.size(); i++) {
            ensure(entries.get(i));
        }
    }

    void takeOff() {
        on = false;
        for (int i = entries.size() - 1; i >= 0; i--) {
            release(entries.get(i));
        }
    }

    /** Makes these the routes and rules; what is on the host and is not among them is taken off. */
    void change(List<VirtualRoute> routes, List<VirtualRule> rules) {
        List<HostEntry> next = new ArrayList<>();
        for (VirtualRoute route : routes) {
            HostEntry present = find(route);
            next.add(present == null ? maker.route(route) : present);
        }
        for (VirtualRule rule : rules) {
            HostEntry present = find(rule);
            next.add(present == null ? maker.rule(rule) : present);
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (!next.contains(entries.get(i))) {
                release(entries.get(i));
            }
        }
        entries = next;
        renew();
    }

    private @Nullable HostEntry find(Object value) {
        for (HostEntry entry : entries) {
            if (entry.value().equals(value)) {
                return entry;
            }
        }
        return null;
    }

    private void ensure(HostEntry entry) {
        if (!entry.isHeld()) {
            entry.setHeld(true);
            shared.hold(entry.value());
        }
        boolean granted = entry.isGranted();
        int result = add(entry, !granted);
        boolean there = result == -Errno.EEXIST;
        if (there && entry.isContested()) {
            return;
        }
        if (there && !granted) {
            String conflict = conflict(entry);
            if (conflict != null) {
                entry.contest();
                background.execute(
                        () -> LOG.warn("{} leaves {} alone: {}", owner, entry, conflict));
                return;
            }
            result = add(entry, false);
        }
        if (result == -Errno.EEXIST) {
            result = 0;
        } else if (result == 0 && granted) {
            background.execute(
                    () -> LOG.info("{} has put back {}, which was missing.", owner, entry));
        }
        note(entry, result);
    }

    private void note(HostEntry entry, int result) {
        if (!entry.note(result)) {
            return;
        }
        if (result < 0) {
            background.execute(
                    () ->
                            LOG.warn(
                                    "{} could not add {}: the kernel says {}. {} It is tried again until it is there.",
                                    owner,
                                    entry,
                                    Errno.describe(-result),
                                    entry.advice(-result)));
        } else {
            background.execute(() -> LOG.info("{} could add {} now.", owner, entry));
        }
    }

    private void release(HostEntry entry) {
        if (!entry.isHeld()) {
            return;
        }
        boolean placed = entry.isPlaced();
        entry.setHeld(false);
        if (!shared.release(entry.value()) || !placed) {
            return;
        }
        int result = remove(entry);
        for (int i = 1; i < MAX_COPIES && result == 0; i++) {
            result = remove(entry);
        }
        // Removed by somebody or gone with its interface or source: it is off the host, as it
        // should be.
        boolean gone =
                result == 0
                        || result == -Errno.ESRCH
                        || result == -Errno.ENOENT
                        || result == -Errno.ENODEV
                        || result == -Errno.EADDRNOTAVAIL;
        if (!gone) {
            int errno = -result;
            background.execute(
                    () ->
                            LOG.warn(
                                    "{} could not remove {}: the kernel says {}. Remove it with `ip`.",
                                    owner,
                                    entry,
                                    Errno.describe(errno)));
        }
    }

    private static int add(HostEntry entry, boolean exclusive) {
        try {
            return entry.add(exclusive);
        } catch (NativeCallException e) {
            return -e.errno();
        }
    }

    private static int remove(HostEntry entry) {
        try {
            return entry.remove();
        } catch (NativeCallException e) {
            return -e.errno();
        }
    }

    private static @Nullable String conflict(HostEntry entry) {
        try {
            return entry.conflict();
        } catch (NativeCallException e) {
            return "the host has one like it, and which one cannot be read: " + e.getMessage();
        }
    }
}
