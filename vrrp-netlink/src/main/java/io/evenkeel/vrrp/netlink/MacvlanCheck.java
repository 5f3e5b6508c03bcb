package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Ipv4Settings.ARP_ANNOUNCE;
import static io.evenkeel.vrrp.netlink.Ipv4Settings.ARP_IGNORE;
import static io.evenkeel.vrrp.netlink.Ipv4Settings.RP_FILTER;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads an interface with a virtual MAC address back, and finds what of it would not work. */
final class MacvlanCheck {
    private final List<LinkSettings> links;
    private final Sysctls sysctls;

    /**
     * @param links as they are after everything was set
     */
    MacvlanCheck(List<LinkSettings> links, Sysctls sysctls) {
        this.links = links;
        this.sysctls = sysctls;
    }

    /** A sentence for each thing that is not as it has to be. */
    List<String> shortfalls(MacvlanIdentity identity, String router) {
        List<String> sentences = new ArrayList<>();
        LinkSettings made = LinkSettings.find(links, identity.name());
        LinkSettings parent = LinkSettings.find(links, identity.parent());
        if (made == null || parent == null) {
            return List.of();
        }
        String name = made.name();
        if (made.mac() != identity.mac()) {
            sentences.add(
                    name
                            + " has the MAC address "
                            + text(made.mac())
                            + " instead of "
                            + text(identity.mac())
                            + ": see what changes it, such as a rule of udev or systemd's MACAddressPolicy.");
        }
        if (made.macvlanMode() != Netlink.MACVLAN_MODE_BRIDGE) {
            sentences.add(
                    name
                            + " is not in macvlan's bridge mode, so that another router with the same MAC address is not heard: remove it with `ip link del` and start anew.");
        }
        // The kernel takes the larger one of an interface and of all.
        if (effective(made, RP_FILTER, "rp_filter") == 1) {
            sentences.add(
                    "packets to the virtual addresses are dropped, because rp_filter of "
                            + name
                            + " is 1: see what sets it, and have it be 2.");
        }
        if (!Ipv4Settings.ignoresOthers(effective(made, ARP_IGNORE, "arp_ignore"))) {
            sentences.add(answersFor(made, "addresses of " + parent.name()));
        }
        if (!Ipv4Settings.ignoresOthers(effective(parent, ARP_IGNORE, "arp_ignore"))) {
            sentences.add(answersFor(parent, "the virtual addresses"));
        }
        if (effective(parent, ARP_ANNOUNCE, "arp_announce") < Ipv4Settings.ARP_ANNOUNCE_BEST) {
            sentences.add(
                    "neighbours may learn the MAC address of "
                            + parent.name()
                            + " for the virtual addresses, because its arp_announce is "
                            + parent.ipv4(ARP_ANNOUNCE)
                            + ": see what sets it, and have it be 2.");
        }
        return sentences.stream()
                .map(sentence -> "The virtual MAC of " + router + ": " + sentence)
                .toList();
    }

    private String answersFor(LinkSettings link, String whose) {
        return link.name()
                + " answers ARP requests for "
                + whose
                + ", because its arp_ignore is "
                + effective(link, ARP_IGNORE, "arp_ignore")
                + ": set net.ipv4.conf.all.arp_ignore to 0 or 1.";
    }

    private int effective(LinkSettings link, int setting, String name) {
        int all = Objects.requireNonNullElse(sysctls.get("ipv4", "all", name), 0);
        return Math.max(all, link.ipv4(setting));
    }

    private static String text(long mac) {
        StringBuilder text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(text.isEmpty() ? "" : ":")
                    .append(String.format("%02x", mac >>> shift & 0xff));
        }
        return text.toString();
    }
}
