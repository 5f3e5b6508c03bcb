package io.evenkeel.vrrp;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@link Diagnosis} says: what the peer does, what this router does, and what to change where. */
final class DiagnosisText {

    private DiagnosisText() {}

    static String otherVirtualRouterId(VirtualRouterConfig config, int theirs, IpAddress address) {
        int ours = config.virtualRouterId();
        return "advertises "
                + address
                + " under VRID "
                + theirs
                + ", this router under VRID "
                + ours
                + ", so that both hold the address. Set virtual_router_id "
                + ours
                + " there, or "
                + theirs
                + " here.";
    }

    static String interval(VirtualRouterConfig config, Advertisement advertisement) {
        return "advertises every "
                + advertisement.maxAdvertiseIntervalCentis() * 10
                + " ms, this router every "
                + config.advertisementIntervalCentis() * 10
                + " ms. A Backup follows the Active's interval; give both the same one,"
                + " so that a failover takes equally long both ways.";
    }

    static String addresses(
            VirtualRouterConfig config, AddressSet ours, Advertisement advertisement) {
        StringBuilder theirs = new StringBuilder();
        boolean shared = false;
        for (int i = 0; i < advertisement.addressCount(); i++) {
            theirs.append(i == 0 ? "" : ", ").append(advertisement.address(i));
            shared |= ours.contains(advertisement.addressHigh(i), advertisement.addressLow(i));
        }
        String mine =
                config.addresses().stream()
                        .map(each -> each.address().toString())
                        .collect(Collectors.joining(", "));
        String what =
                "advertises " + theirs + " under this router's VRID, this router " + mine + ". ";
        return what
                + (shared
                        ? "Give both the same virtual addresses; an address on one of them only is gone"
                                + " after a failover."
                        : "If it is of another cluster, give one of the two another virtual_router_id;"
                                + " until then only one of them is Active. Else give both the same"
                                + " virtual addresses.");
    }

    static String equalPriority(VirtualRouterConfig config) {
        if (config.isOwner()) {
            return "says that it owns the addresses (priority 255), and so does this router. Only one"
                    + " can; give the other a priority of 1..254.";
        }
        return "has priority "
                + config.priority()
                + ", as this router has. The higher address decides between the two when both take over"
                + " at once; give each its own priority to decide it yourself.";
    }

    static String unknownPeer(VirtualRouterConfig config) {
        return "is none of the unicast peers "
                + config.destinations().peers().stream()
                        .map(peer -> peer.address().toString())
                        .collect(Collectors.joining(", "))
                + ", and does not hear this router. Add it to them, or take packets of peers only.";
    }

    static String checksum(ChecksumForm theirs) {
        return switch (theirs) {
            case MESSAGE_ONLY ->
                    "computes the checksum without a pseudo-header (RFC 9568, section 5.2.8); that is"
                            + " understood here, but make sure that it understands the form with one,"
                            + " which this router sends, or let this router follow it (ChecksumMode.AUTO).";
            case PSEUDO_HEADER ->
                    "computes the checksum with a pseudo-header (RFC 5798, section 5.2.8); that is"
                            + " understood here, but it may not understand the form without one, which"
                            + " this router sends. Configure the same form on both.";
            case OLD_UNICAST ->
                    "computes the checksum as if it sent to the multicast group, like keepalived before"
                            + " 1.3.7; that is understood here. Upgrade it, or let this router follow it"
                            + " (ChecksumMode.AUTO).";
        };
    }

    static String silent(
            VirtualRouterConfig config,
            IpAddress peer,
            long silentNanos,
            @Nullable PacketRejection rejection) {
        String what =
                config.name()
                        + " has taken no advertisement of "
                        + peer
                        + " for "
                        + Intervals.milliseconds(silentNanos);
        return rejection == null
                ? what
                        + ": look at that host, and at the way from it: multicast, the packet filter and"
                        + " the switch."
                : what + ", though its packets arrive: they are dropped for " + rejection + ".";
    }

    static String nobodyHeard(
            VirtualRouterConfig config, @Nullable IpAddress stranger, int strangerVrid) {
        String what =
                config.name()
                        + " became Active and has heard no other router with VRID "
                        + config.virtualRouterId()
                        + " since its start. If it is the first one, that is right. If another one is"
                        + " Active, the packets of protocol 112 do not arrive: look at ";
        if (config.destinations().isUnicast()) {
            return what
                    + "the packet filter and the peers "
                    + config.destinations().peers().stream()
                            .map(peer -> peer.address().toString())
                            .collect(Collectors.joining(", "))
                    + ", which must have this router among theirs.";
        }
        String group = config.destinations().group(config.isIpv4()).toString();
        return stranger == null
                ? what + "the packet filter and at multicast to " + group + " on the switch."
                : what
                        + "its virtual_router_id first, since multicast works here: "
                        + stranger
                        + " is heard with VRID "
                        + strangerVrid
                        + ".";
    }
}
