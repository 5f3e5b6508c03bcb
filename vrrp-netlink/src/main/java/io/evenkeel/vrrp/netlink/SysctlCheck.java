package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.UnicastPeer;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Settings of the kernel's network that bite virtual addresses; ip-sysctl of the kernel's documentation has them. */
final class SysctlCheck {
    private static final String IPV4 = "/proc/sys/net/ipv4/conf/";

    private final HostFiles files;
    private final HostView view;
    private final List<VirtualRouterConfig> routers;

    SysctlCheck(HostFiles files, HostView view, List<VirtualRouterConfig> routers) {
        this.files = files;
        this.view = view;
        this.routers = routers;
    }

    void look(Findings findings) {
        Map<String, List<VirtualRouterConfig>> byInterface = new LinkedHashMap<>();
        for (VirtualRouterConfig router : routers) {
            if (router.isIpv4()) {
                byInterface
                        .computeIfAbsent(router.interfaceName(), name -> new ArrayList<>())
                        .add(router);
            }
        }
        byInterface.forEach(
                (name, here) -> {
                    Link link = view.link(name);
                    if (link != null) {
                        lookAtSharedLan(link, findings);
                        lookAtReversePath(link, here, findings);
                        lookAtArp(link, here, findings);
                        lookAtSecondaries(link, here, findings);
                    }
                });
        if (!byInterface.isEmpty() && files.number("/proc/sys/net/ipv4/ip_nonlocal_bind", 0) == 0) {
            findings.note(
                    "ip_nonlocal_bind",
                    "net.ipv4.ip_nonlocal_bind is 0. Evenkeel's proxy binds its virtual addresses all the same; another program that"
                            + " is to listen on one starts on the Active alone. Set it to 1 if there is one.");
        }
    }

    /** ARP flux: with two interfaces on one LAN, either answers for the addresses of the other. */
    private void lookAtSharedLan(Link link, Findings findings) {
        Set<String> others = sharing(link);
        long ignore = highest(link, "arp_ignore");
        if (others.isEmpty() || ignore > 0) {
            return;
        }
        boolean filter = highest(link, "arp_filter") != 0;
        findings.warning(
                subject("arp_ignore", link),
                String.join(", ", others)
                        + (others.size() == 1 ? " has" : " have")
                        + " an address of the same network as "
                        + link.name()
                        + (filter
                                ? ", and arp_filter is on: the interface that the route prefers answers ARP for the virtual addresses,"
                                        + " which need not be "
                                        + link.name()
                                : ", and arp_ignore is 0: each of them answers ARP for the virtual addresses, and neighbours take"
                                        + " whichever answer comes last")
                        + ". Set net.ipv4.conf.all.arp_ignore to 1.");
    }

    private void lookAtReversePath(Link link, List<VirtualRouterConfig> here, Findings findings) {
        if (highest(link, "rp_filter") != 1) {
            return;
        }
        Set<String> why = sharing(link);
        for (VirtualRouterConfig router : here) {
            for (UnicastPeer peer : router.destinations().peers()) {
                if (networks(link).stream().noneMatch(n -> n.contains(peer.address()))) {
                    why.add("the peer " + peer.address());
                }
            }
        }
        if (!why.isEmpty()) {
            findings.warning(
                    subject("rp_filter", link),
                    "rp_filter is 1 (strict) on "
                            + link.name()
                            + ": an advertisement whose sender the host would answer over another interface is dropped without a"
                            + " trace, which can happen because of "
                            + String.join(", ", why)
                            + ". Set net.ipv4.conf."
                            + link.name()
                            + ".rp_filter and net.ipv4.conf.all.rp_filter to 2 (loose).");
        }
    }

    private void lookAtArp(Link link, List<VirtualRouterConfig> here, Findings findings) {
        long ignore = highest(link, "arp_ignore");
        if (ignore == 8) {
            findings.warning(
                    subject("arp_ignore", link),
                    "arp_ignore is 8 on "
                            + link.name()
                            + ": the host answers no ARP request for its virtual addresses, and neighbours know them from gratuitous"
                            + " ARPs alone. Set net.ipv4.conf."
                            + link.name()
                            + ".arp_ignore and net.ipv4.conf.all.arp_ignore to 1 or 0.");
        } else if (ignore == 2) {
            here.stream()
                    .flatMap(router -> HostView.allAddresses(router).stream())
                    .filter(virtual -> virtual.address().isIpv4())
                    .filter(virtual -> InterfaceCheck.isForeign(view, link, virtual))
                    .map(
                            virtual ->
                                    "arp_ignore is 2 on "
                                            + link.name()
                                            + ", and "
                                            + virtual
                                            + " is in no network of it: the host answers no ARP request for that address. Give the"
                                            + " address its prefix, or set net.ipv4.conf."
                                            + link.name()
                                            + ".arp_ignore and net.ipv4.conf.all.arp_ignore to 1.")
                    .forEach(sentence -> findings.warning(subject("arp_ignore", link), sentence));
        }
    }

    /** The first address of a network is its primary one, which takes the others with it when it goes. */
    private void lookAtSecondaries(Link link, List<VirtualRouterConfig> here, Findings findings) {
        if (highest(link, "promote_secondaries") != 0) {
            return;
        }
        List<VirtualAddress> virtual =
                here.stream()
                        .flatMap(router -> HostView.allAddresses(router).stream())
                        .filter(v -> v.address().isIpv4() && v.prefixLength() < 32)
                        .toList();
        for (int i = 0; i < virtual.size(); i++) {
            VirtualAddress first = virtual.get(i);
            for (VirtualAddress second : virtual.subList(i + 1, virtual.size())) {
                if (isSameNetwork(first, second) && !hasOwn(link, first)) {
                    findings.warning(
                            subject("promote_secondaries", link),
                            first
                                    + " and "
                                    + second
                                    + " are of one network, of which "
                                    + link.name()
                                    + " has no other address, and promote_secondaries is 0: when the first is removed, the kernel"
                                    + " removes the second too, and a router that is Active must put it back. Set net.ipv4.conf."
                                    + link.name()
                                    + ".promote_secondaries to 1.");
                    return;
                }
            }
        }
    }

    private boolean hasOwn(Link link, VirtualAddress virtual) {
        return networks(link).stream()
                .anyMatch(
                        n ->
                                n.length() == virtual.prefixLength()
                                        && n.contains(virtual.address())
                                        && !n.address().equals(virtual.address()));
    }

    private static boolean isSameNetwork(VirtualAddress first, VirtualAddress second) {
        return first.prefixLength() == second.prefixLength()
                && new NetworkPrefix(first.address(), first.prefixLength())
                        .contains(second.address());
    }

    private List<NetworkPrefix> networks(Link link) {
        return view.addresses().stream()
                .filter(a -> a.interfaceIndex() == link.index() && a.local().isIpv4())
                .map(NetworkPrefix::of)
                .toList();
    }

    /** The names of other interfaces that are up with an address of a network of this one. */
    private Set<String> sharing(Link link) {
        List<NetworkPrefix> here =
                networks(link).stream().filter(network -> network.length() < 32).toList();
        Set<String> names = new TreeSet<>();
        for (Link other : view.links()) {
            if (other.index() != link.index()
                    && other.isUp()
                    && networks(other).stream()
                            .filter(network -> network.length() < 32)
                            .anyMatch(n -> here.stream().anyMatch(n::overlaps))) {
                names.add(other.name());
            }
        }
        return names;
    }

    /** The kernel takes the higher of the interface's value and that of all. */
    private long highest(Link link, String name) {
        return Math.max(
                files.number(IPV4 + "all/" + name, 0),
                files.number(IPV4 + link.name() + '/' + name, 0));
    }

    private static String subject(String setting, Link link) {
        return setting + " on " + link.name();
    }
}
