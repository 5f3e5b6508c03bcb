package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Ipv4Settings.ARP_ANNOUNCE;
import static io.evenkeel.vrrp.netlink.Ipv4Settings.ARP_ANNOUNCE_BEST;
import static io.evenkeel.vrrp.netlink.Ipv4Settings.ARP_IGNORE;
import static io.evenkeel.vrrp.netlink.Ipv4Settings.ARP_IGNORE_OTHERS;
import static io.evenkeel.vrrp.netlink.Ipv4Settings.FORWARDING;
import static io.evenkeel.vrrp.netlink.Ipv4Settings.PROMOTE_SECONDARIES;
import static io.evenkeel.vrrp.netlink.Ipv4Settings.RP_FILTER;
import static io.evenkeel.vrrp.netlink.Ipv4Settings.RP_FILTER_LOOSE;

import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interfaces with virtual MAC addresses of one service, and the settings of their parents. What is changed on a parent is put back
 * when the last of Evenkeel's macvlans on it goes, whichever process made it.
 */
final class Macvlans {
    private static final Logger LOG = LoggerFactory.getLogger(Macvlans.class);

    private final NetlinkConnection netlink;
    private final Sysctls sysctls;
    private final Executor switcher;
    private final Executor background;

    /** Fair: the VRRP thread is to wait for one removal, and not for all that are to follow. */
    private final Lock inTurn = new ReentrantLock(true);

    private final Map<String, Macvlan> byName = new LinkedHashMap<>();
    private final Map<String, VirtualRouterConfig> routers = new HashMap<>();

    /** Those that are to be removed, by name. */
    private final Map<String, Macvlan> leaving = new ConcurrentHashMap<>();

    /**
     * @param netlink for nobody else
     * @param switcher switches interfaces off and removes them, apart from the VRRP thread
     * @param background runs what must not hold up the VRRP thread, such as the log
     */
    Macvlans(NetlinkConnection netlink, Sysctls sysctls, Executor switcher, Executor background) {
        this.netlink = netlink;
        this.sysctls = sysctls;
        this.switcher = switcher;
        this.background = background;
    }

    /**
     * Makes those of these routers that are not there yet; true if there was one.
     *
     * @throws NativeCallException if one cannot be made; then none is there that was not before
     */
    boolean open(List<VirtualRouterConfig> wantedRouters) {
        List<Macvlan> made = new ArrayList<>();
        try {
            for (VirtualRouterConfig router : wantedRouters) {
                MacvlanIdentity wanted = MacvlanIdentity.of(router);
                if (wanted == null) {
                    continue;
                }
                Macvlan present = byName.get(wanted.name());
                if (present == null) {
                    Macvlan macvlan =
                            new Macvlan(
                                    router.name(), wanted, netlink, inTurn, switcher, background);
                    make(macvlan, router);
                    byName.put(wanted.name(), macvlan);
                    made.add(macvlan);
                } else if (!present.identity().equals(wanted)) {
                    throw new NativeCallException(
                            "The interface "
                                    + wanted.name()
                                    + " cannot be that of "
                                    + router.name()
                                    + " while it still has another virtual MAC address or parent. Give it another name, or start the service anew.",
                            Errno.EEXIST);
                } else {
                    // It may have its first IPv6 address now.
                    warn(setIpv6(wanted, router));
                }
                routers.put(wanted.name(), router);
            }
        } catch (NativeCallException e) {
            made.forEach(this::remove);
            throw e;
        }
        return !made.isEmpty();
    }

    Macvlan of(String name) {
        Macvlan macvlan = byName.get(name);
        if (macvlan == null) {
            throw new IllegalStateException("The interface " + name + " was not made.");
        }
        return macvlan;
    }

    Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /** Has those removed soon that have none of these names: the kernel waits for all CPUs in it, which the VRRP thread must not. */
    void retain(Set<String> names) {
        for (Macvlan macvlan : List.copyOf(byName.values())) {
            if (!names.contains(macvlan.name())) {
                forget(macvlan);
                leaving.put(macvlan.name(), macvlan);
                switcher.execute(() -> removeLeaving(macvlan.name()));
            }
        }
    }

    /**
     * Follows what became of them, and makes those anew that are gone, as they are when their parent was deleted and came back.
     *
     * @return whether one was made
     */
    boolean follow(HostView now) {
        boolean anyMade = false;
        for (Macvlan macvlan : byName.values()) {
            if (macvlan.follow(now.link(macvlan.name()))
                    || now.link(macvlan.identity().parent()) == null) {
                continue;
            }
            VirtualRouterConfig router = routers.get(macvlan.name());
            if (router != null) {
                anyMade |= makeAnew(macvlan, router);
            }
        }
        return anyMade;
    }

    /** Removes all of them, and ends the connection. */
    void close() {
        leaving.keySet().forEach(this::removeLeaving);
        List.copyOf(byName.values()).forEach(this::remove);
        inTurn.lock();
        try {
            netlink.close();
        } finally {
            inTurn.unlock();
        }
    }

    private boolean makeAnew(Macvlan macvlan, VirtualRouterConfig router) {
        try {
            make(macvlan, router);
            macvlan.resume();
            return true;
        } catch (NativeCallException e) {
            // The next change of an interface is another opportunity.
            background.execute(
                    () ->
                            LOG.warn(
                                    "The interface {} of {} is gone and cannot be made anew: {}",
                                    macvlan.name(),
                                    router.name(),
                                    e.getMessage()));
            return false;
        }
    }

    private void make(Macvlan macvlan, VirtualRouterConfig router) {
        inTurn.lock();
        try {
            makeLocked(macvlan, router);
        } finally {
            inTurn.unlock();
        }
    }

    private void makeLocked(Macvlan macvlan, VirtualRouterConfig router) {
        removeLeaving(macvlan.name());
        List<LinkSettings> links = netlink.linkSettings();
        MacvlanIdentity identity = macvlan.identity();
        LinkSettings parent = LinkSettings.find(links, identity.parent());
        if (parent == null) {
            throw Errno.failure(
                    Errno.ENODEV, "Making " + identity.name() + " on " + identity.parent());
        }
        MacvlanMark known = macvlan.markOn(parent.index());
        MacvlanMark mark = known != null ? known : mark(router, parent, links);
        LinkSettings earlier = LinkSettings.find(links, macvlan.name());
        if (earlier != null && identity.isLeftBehind(earlier, parent)) {
            sweep(earlier);
        }
        LinkSettings rival = identity.rival(links, parent);
        if (rival != null && MacvlanMark.of(rival) != null && !byName.containsKey(rival.name())) {
            sweep(rival);
        }
        require(
                netlink.createMacvlan(identity.name(), parent.index(), identity.mac()),
                "RTM_NEWLINK of the macvlan " + macvlan.name() + " on " + parent.name());
        LinkSettings made = LinkSettings.find(netlink.linkSettings(), macvlan.name());
        if (made == null) {
            throw Errno.failure(Errno.ENODEV, "Looking for the new interface " + macvlan.name());
        }
        macvlan.takeMade(made.index(), parent.index(), mark);
        try {
            require(
                    netlink.configureLink(made.index(), settings(parent, made, mark)),
                    "RTM_SETLINK of " + macvlan.name());
            require(
                    netlink.configureLink(parent.index(), parentSettings(parent)),
                    "RTM_SETLINK of " + parent.name());
        } catch (NativeCallException e) {
            macvlan.remove();
            throw e;
        }
        warn(setIpv6(identity, router));
        warn(new MacvlanCheck(netlink.linkSettings(), sysctls).shortfalls(identity, router.name()));
    }

    private void sweep(LinkSettings leftBehind) {
        String name = leftBehind.name();
        require(netlink.removeLink(leftBehind.index()), "RTM_DELLINK of " + name);
        background.execute(
                () ->
                        LOG.info(
                                "Removed the interface {}: an earlier process left it behind.",
                                name));
    }

    private void warn(List<String> sentences) {
        sentences.forEach(sentence -> background.execute(() -> LOG.warn(sentence)));
    }

    /** Another macvlan of ours on the parent knows how that was set before; else it is as it was. */
    private static MacvlanMark mark(
            VirtualRouterConfig router, LinkSettings parent, List<LinkSettings> links) {
        for (LinkSettings link : links) {
            MacvlanMark other = MacvlanMark.of(link);
            if (other != null && link.isOn(parent)) {
                return new MacvlanMark(
                        router.virtualRouterId(),
                        parent.name(),
                        other.arpIgnore(),
                        other.arpAnnounce());
            }
        }
        return new MacvlanMark(
                router.virtualRouterId(),
                parent.name(),
                parent.ipv4(ARP_IGNORE),
                parent.ipv4(ARP_ANNOUNCE));
    }

    private static LinkChange settings(LinkSettings parent, LinkSettings made, MacvlanMark mark) {
        Map<Integer, Integer> ipv4 =
                Map.of(
                        // Packets for the address come in here, and its parent is the way back.
                        RP_FILTER, RP_FILTER_LOOSE,
                        // The addresses of the parent are asked for here too, and it answers.
                        ARP_IGNORE, ARP_IGNORE_OTHERS,
                        ARP_ANNOUNCE, ARP_ANNOUNCE_BEST,
                        // One address that goes must not take others of its prefix along.
                        PROMOTE_SECONDARIES, 1,
                        // What is sent to the virtual MAC address is routed if the parent routes.
                        FORWARDING, parent.ipv4(FORWARDING));
        return new LinkChange(mark.text(), ipv4, made.hasIpv6());
    }

    private static LinkChange parentSettings(LinkSettings parent) {
        int ignored = parent.ipv4(ARP_IGNORE);
        return LinkChange.ofIpv4(
                Map.of(
                        // It must not answer for the virtual addresses with its own MAC address,
                        ARP_IGNORE,
                        Ipv4Settings.ignoresOthers(ignored) ? ignored : ARP_IGNORE_OTHERS,
                        // and not name one as the sender of its own requests, which neighbours
                        // would learn.
                        ARP_ANNOUNCE,
                        ARP_ANNOUNCE_BEST));
    }

    /** Sets what rtnetlink does not have; returns a sentence for each that could not be set. */
    private List<String> setIpv6(MacvlanIdentity identity, VirtualRouterConfig router) {
        String name = identity.name();
        List<String> reasons = new ArrayList<>();
        // The parent is the one to take addresses and routes from router advertisements.
        addIfAny(reasons, sysctls.set("ipv6", name, "accept_ra", 0));
        addIfAny(reasons, sysctls.set("ipv6", name, "autoconf", 0));
        Integer forwarding = sysctls.get("ipv6", identity.parent(), "forwarding");
        if (forwarding != null) {
            addIfAny(reasons, sysctls.set("ipv6", name, "forwarding", forwarding));
        }
        if (HostView.allAddresses(router).stream().anyMatch(a -> !a.address().isIpv4())) {
            addIfAny(reasons, sysctls.set("ipv6", name, "disable_ipv6", 0));
        }
        return reasons.stream()
                .map(
                        reason ->
                                "On the interface with the virtual MAC address of "
                                        + router.name()
                                        + " "
                                        + reason
                                        + ": set it so for net.ipv6.conf.default before the start, or make /proc/sys writable.")
                .toList();
    }

    private static void addIfAny(List<String> reasons, @Nullable String reason) {
        if (reason != null) {
            reasons.add(reason);
        }
    }

    private void remove(Macvlan macvlan) {
        forget(macvlan);
        takeOff(macvlan);
    }

    private void forget(Macvlan macvlan) {
        byName.remove(macvlan.name(), macvlan);
        routers.remove(macvlan.name());
    }

    /** Removes one that is to be removed, unless that is done; by any thread. */
    private void removeLeaving(String name) {
        inTurn.lock();
        try {
            Macvlan macvlan = leaving.remove(name);
            if (macvlan != null) {
                takeOff(macvlan);
            }
        } finally {
            inTurn.unlock();
        }
    }

    /** Removes it, and if it was the last one of its parent, gives that one its settings back. */
    private void takeOff(Macvlan macvlan) {
        inTurn.lock();
        try {
            takeOffLocked(macvlan);
        } catch (NativeCallException e) {
            background.execute(
                    () ->
                            LOG.warn(
                                    "The interface {} was not removed properly: {}",
                                    macvlan.name(),
                                    e.getMessage()));
        } finally {
            inTurn.unlock();
        }
    }

    private void takeOffLocked(Macvlan macvlan) {
        List<LinkSettings> before = netlink.linkSettings();
        macvlan.remove();
        LinkSettings parent = LinkSettings.find(before, macvlan.identity().parent());
        MacvlanMark mark = parent == null ? null : macvlan.markOn(parent.index());
        if (mark != null && parent != null && !hasOther(before, macvlan.name(), parent)) {
            restore(parent, mark);
        }
    }

    private static boolean hasOther(List<LinkSettings> links, String name, LinkSettings parent) {
        return links.stream()
                .anyMatch(
                        link ->
                                !link.name().equals(name)
                                        && MacvlanMark.of(link) != null
                                        && link.isOn(parent));
    }

    /** Puts back what is still as it was set here. */
    private void restore(LinkSettings parent, MacvlanMark mark) {
        Map<Integer, Integer> ipv4 = new LinkedHashMap<>();
        if (parent.ipv4(ARP_IGNORE) == ARP_IGNORE_OTHERS) {
            ipv4.put(ARP_IGNORE, mark.arpIgnore());
        }
        if (parent.ipv4(ARP_ANNOUNCE) == ARP_ANNOUNCE_BEST) {
            ipv4.put(ARP_ANNOUNCE, mark.arpAnnounce());
        }
        if (!ipv4.isEmpty()) {
            require(
                    netlink.configureLink(parent.index(), LinkChange.ofIpv4(ipv4)),
                    "RTM_SETLINK of " + parent.name());
        }
    }

    private static void require(int result, String call) {
        Errno.check(result, call);
    }
}
