package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VrrpVersion;
import java.util.List;

/** What strict mode rules out; keepalived drops some of it with a warning, which would run what nobody wrote. */
final class StrictChecks {
    private static final int OWNER_PRIORITY = 255;

    private final InstanceReader instance;
    private final Findings findings;

    private StrictChecks(InstanceReader instance, Findings findings) {
        this.instance = instance;
        this.findings = findings;
    }

    static void check(
            InstanceReader instance,
            VrrpVersion version,
            int priority,
            List<VirtualAddress> addresses,
            Findings findings) {
        StrictChecks checks = new StrictChecks(instance, findings);
        checks.deny(instance.authentication() != null, "authentication", "carries no password");
        checks.deny(instance.way().isUnicast(), "unicast_peer", "knows multicast alone");
        checks.deny(
                !instance.preemptionDelay().isZero(),
                "preempt_delay",
                "knows no delay of the preemption");
        checks.deny(
                instance.master() && priority != OWNER_PRIORITY,
                "state",
                "has MASTER for the owner of the addresses alone, of priority 255");
        checks.deny(
                version == VrrpVersion.V2 && Boolean.TRUE.equals(instance.protocol().accept()),
                "accept",
                "knows no accept mode in version 2");
        checks.deny(
                version == VrrpVersion.V2
                        && Boolean.FALSE.equals(instance.protocol().silentToLower()),
                "lower_prio_no_advert",
                "never answers a lower router in version 2");
        checks.deny(
                Boolean.TRUE.equals(instance.protocol().toldHigher()),
                "higher_prio_send_advert",
                "tells a higher router nothing");
        checks.deny(
                instance.has("vmac_xmit_base"),
                "vmac_xmit_base",
                "sends with the virtual MAC address");
        checks.deny(
                instance.announcements().refreshes(),
                "garp_master_refresh",
                "repeats no gratuitous ARP");
        checks.deny(
                !addresses.isEmpty()
                        && !addresses.get(0).address().isIpv4()
                        && !addresses.get(0).address().isLinkLocal(),
                "virtual_ipaddress",
                "has a link-local address as the first of IPv6");
    }

    private void deny(boolean present, String directive, String why) {
        if (present) {
            findings.error(
                    instance.placeOrOwn(directive),
                    "strict mode "
                            + why
                            + "; change '"
                            + directive
                            + "' of vrrp_instance '"
                            + instance.name()
                            + "', or write 'strict_mode off' in it");
        }
    }
}
