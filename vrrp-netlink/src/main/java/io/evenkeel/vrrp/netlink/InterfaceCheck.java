package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the host's interfaces and addresses are what the virtual routers need. */
final class InterfaceCheck {
    private final HostView view;
    private final List<VirtualRouterConfig> routers;

    InterfaceCheck(HostView view, List<VirtualRouterConfig> routers) {
        this.view = view;
        this.routers = routers;
    }

    void look(Findings findings) {
        for (VirtualRouterConfig router : routers) {
            look(router, findings);
        }
    }

    private void look(VirtualRouterConfig router, Findings findings) {
        try {
            new HostCheck(view).require(List.of(router));
        } catch (VrrpStartException e) {
            findings.error(subject(router), String.valueOf(e.getMessage()));
            return;
        }
        for (String name : HostView.interfaceNames(router)) {
            Link link = view.link(name);
            if (link != null && !link.isUp()) {
                findings.warning(
                        subject(router),
                        "The interface "
                                + name
                                + " is down or has no carrier: the router starts in FAULT and waits for it. See `ip link show "
                                + name
                                + "`.");
            }
        }
        lookAtSource(router, findings);
        lookAtLeftovers(router, findings);
        lookAtNetworks(router, findings);
        Shortfalls.of(router).forEach(s -> findings.warning(subject(router), s));
    }

    private void lookAtSource(VirtualRouterConfig router, Findings findings) {
        SendAddress source = new SendAddress(router.isIpv4(), router.sourceAddress());
        Link link = view.link(router.interfaceName());
        if (link == null) {
            return;
        }
        source.take(view.addresses(), link.index());
        if (source.isDuplicate()) {
            findings.warning(
                    subject(router),
                    "Its source address "
                            + source.address()
                            + " on "
                            + link.name()
                            + " is another host's too (duplicate address detection): the router cannot become Active. Change it on"
                            + " one of the two.");
        } else if (source.isUsable() && link.isUp()) {
            findings.ok(
                    subject(router),
                    link.name() + " is up and has " + source.address() + " to send from.");
        }
    }

    private void lookAtLeftovers(VirtualRouterConfig router, Findings findings) {
        for (InterfaceAddress address : view.leased(router)) {
            findings.note(
                    subject(router),
                    address.local()
                            + " is on "
                            + view.linkName(address.interfaceIndex())
                            + ", put there by an Evenkeel that runs on this host and is Active, or was killed within the last"
                            + " seconds; the kernel removes it when nobody renews it.");
        }
    }

    /** An address of no network of its interface is reached by those hosts alone that have a route to it. */
    private void lookAtNetworks(VirtualRouterConfig router, Findings findings) {
        for (VirtualAddress virtual : HostView.allAddresses(router)) {
            Link link = view.link(HostView.deviceOf(router, virtual));
            if (link == null || virtual.address().isLinkLocal()) {
                continue;
            }
            if (isForeign(view, link, virtual)) {
                findings.note(
                        subject(router),
                        virtual
                                + " is in no network of "
                                + link.name()
                                + ": only hosts with a route to it reach it. Check the address and its prefix.");
            }
        }
    }

    /** Whether the interface has addresses of the family, and the virtual one is in the network of none of them. */
    static boolean isForeign(HostView view, Link link, VirtualAddress virtual) {
        List<NetworkPrefix> networks =
                view.addresses().stream()
                        .filter(a -> a.interfaceIndex() == link.index())
                        .filter(a -> a.local().isIpv4() == virtual.address().isIpv4())
                        .filter(a -> !a.local().isLinkLocal())
                        .filter(a -> !a.local().equals(virtual.address()))
                        .map(NetworkPrefix::of)
                        .toList();
        NetworkPrefix own = new NetworkPrefix(virtual.address(), virtual.prefixLength());
        boolean host = virtual.prefixLength() == (virtual.address().isIpv4() ? 32 : 128);
        return host && !networks.isEmpty() && networks.stream().noneMatch(own::overlaps);
    }

    static String subject(@Nullable VirtualRouterConfig router) {
        return router == null ? "interfaces" : router.name();
    }
}
