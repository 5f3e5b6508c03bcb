package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Who has the virtual addresses now, by ARP: the Active, or somebody who should not. */
final class OwnerCheck {
    /** Twice, since a packet may be lost. */
    private static final int QUESTIONS = 2;

    private static final long ANSWER_NANOS = 250_000_000L;

    private final HostView view;
    private final List<VirtualRouterConfig> routers;
    private final Map<IpAddress, Set<String>> answers = new LinkedHashMap<>();

    OwnerCheck(HostView view, List<VirtualRouterConfig> routers) {
        this.view = view;
        this.routers = routers;
    }

    void ask(Libc libc, Findings findings) {
        Map<String, Set<IpAddress>> wanted = new LinkedHashMap<>();
        for (VirtualRouterConfig router : routers) {
            for (VirtualAddress virtual : HostView.allAddresses(router)) {
                if (virtual.address().isIpv4() && !isHere(virtual.address())) {
                    wanted.computeIfAbsent(
                                    HostView.deviceOf(router, virtual),
                                    name -> new LinkedHashSet<>())
                            .add(virtual.address());
                }
            }
        }
        wanted.forEach((name, addresses) -> ask(libc, name, addresses, findings));
    }

    /**
     * Says who answered.
     *
     * @param advertised whether a router was heard that advertises the address
     */
    void report(Predicate<IpAddress> advertised, Findings findings) {
        for (VirtualRouterConfig router : routers) {
            for (VirtualAddress virtual : HostView.allAddresses(router)) {
                Set<String> macs = answers.getOrDefault(virtual.address(), Set.of());
                String what = virtual.address() + " is at " + String.join(" and at ", macs);
                if (macs.size() > 1) {
                    findings.warning(
                            InterfaceCheck.subject(router),
                            what
                                    + " on the LAN (ARP): several hosts have it at once. Take it off all but one; with VRRP, see why they do"
                                    + " not hear each other.");
                } else if (macs.size() == 1 && !advertised.test(virtual.address())) {
                    findings.warning(
                            InterfaceCheck.subject(router),
                            what
                                    + " on the LAN (ARP), and nobody was heard that advertises it: a host has it as its own address, or"
                                    + " its advertisements do not arrive here, or come less often than was listened for. Find that host before this router becomes Active and"
                                    + " both have it.");
                }
            }
        }
    }

    private void ask(Libc libc, String name, Set<IpAddress> addresses, Findings findings) {
        Link link = view.link(name);
        if (link == null || !link.isUp() || link.mac() == 0) {
            return;
        }
        try (ArpProbe probe = new ArpProbe(libc, link)) {
            for (int i = 0; i < QUESTIONS; i++) {
                probe.ask(addresses, ANSWER_NANOS, answers);
            }
        } catch (NativeCallException e) {
            findings.note(
                    LanEars.LAN,
                    "Nobody asked on "
                            + name
                            + " who has the virtual addresses: "
                            + e.getMessage());
        }
    }

    private boolean isHere(IpAddress address) {
        return view.addresses().stream().anyMatch(a -> a.local().equals(address));
    }
}
