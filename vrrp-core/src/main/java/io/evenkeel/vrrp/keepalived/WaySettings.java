package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.ChecksumMode;
import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.UnicastPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From where and to whom an instance speaks: the {@code unicast_} and {@code mcast_} directives and the checksum. */
final class WaySettings {
    static final Set<String> DIRECTIVES =
            Set.of(
                    "check_unicast_src",
                    "mcast_dst_ip",
                    "mcast_src_ip",
                    "old_unicast_checksum",
                    "unicast_fault_no_peer",
                    "unicast_peer",
                    "unicast_src_ip",
                    "unicast_ttl",
                    "v3_checksum_as_v2");

    private final BlockReader instance;
    private final List<UnicastPeer> peers = new ArrayList<>();
    private @Nullable IpAddress unicastSource;
    private @Nullable IpAddress multicastSource;
    private @Nullable IpAddress group;
    private @Nullable Integer ttl;
    private @Nullable Boolean onlyPeers;
    private @Nullable Boolean checksumAsV2;
    private boolean checksumDetected = true;
    private boolean limited;
    private boolean refused;

    WaySettings(BlockReader instance) {
        this.instance = instance;
    }

    void read(Statement statement) {
        switch (statement.name()) {
            case "unicast_peer" -> statement.block().forEach(this::readPeer);
            case "unicast_src_ip" -> unicastSource = address(statement, statement.argument(0));
            case "mcast_src_ip" -> multicastSource = address(statement, statement.argument(0));
            case "mcast_dst_ip" -> group = Groups.read(statement, instance);
            case "unicast_ttl" -> ttl = instance.whole(statement, 1, 255);
            case "check_unicast_src" -> onlyPeers = true;
            case "v3_checksum_as_v2" -> checksumAsV2 = instance.flag(statement);
            case "unicast_fault_no_peer" -> {
                // Says what happens without a peer, which is looked at once all are read.
            }
            default -> readOldChecksum(statement);
        }
    }

    private void readOldChecksum(Statement statement) {
        checksumDetected = statement.argumentCount() == 0;
        if (checksumDetected) {
            instance.findings()
                    .warning(
                            statement.place(),
                            "'old_unicast_checksum' is not sent from the start: the checksum follows that of the peer"
                                    + " once it is heard");
        } else if (!statement.argument(0).equals("never")) {
            instance.findings()
                    .error(
                            statement.place(),
                            "'old_unicast_checksum' is '"
                                    + statement.argument(0)
                                    + "'; it must be never, or nothing");
        }
    }

    private void readPeer(Statement line) {
        PeerReader reader = new PeerReader(line, instance.findings());
        IpAddress address = address(line, line.name());
        limited |= reader.limited();
        if (address == null) {
            return;
        }
        try {
            peers.add(new UnicastPeer(address, reader.minTtl(), reader.maxTtl()));
        } catch (IllegalArgumentException e) {
            refuse(line.place(), String.valueOf(e.getMessage()));
        }
    }

    private @Nullable IpAddress address(Statement statement, String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            refuse(
                    statement.place(),
                    "'" + text + "' is not an address; write one such as 192.0.2.2 or fe80::2");
            return null;
        }
    }

    private void refuse(Place place, String sentence) {
        refused = true;
        instance.findings().error(place, Sentences.lower(sentence));
    }

    boolean isUnicast() {
        return !peers.isEmpty();
    }

    List<UnicastPeer> peers() {
        return peers;
    }

    @Nullable IpAddress group() {
        return group;
    }

    /** Returns the address to send from, or null for that of the interface. */
    @Nullable IpAddress source() {
        return unicastSource == null || (multicastSource != null && !isUnicast())
                ? multicastSource
                : unicastSource;
    }

    Place sourcePlace(Place otherwise) {
        Place unicast = instance.placeOf("unicast_src_ip");
        Place multicast = instance.placeOf("mcast_src_ip");
        Place place = source() == multicastSource ? multicast : unicast;
        return place == null ? otherwise : place;
    }

    /** Returns whom to send to, or reports why that cannot be and returns multicast. */
    Destinations destinations(GlobalReader global, boolean ipv4) {
        Place peersPlace = instance.placeOf("unicast_peer");
        if (peersPlace != null && isUnicast()) {
            return unicast(peersPlace, global);
        }
        noPeers();
        IpAddress chosen = group == null ? global.group(ipv4) : group;
        boolean usual =
                chosen == null || chosen.equals(Destinations.MULTICAST.group(chosen.isIpv4()));
        return usual ? Destinations.MULTICAST : Destinations.multicast(chosen);
    }

    private Destinations unicast(Place place, GlobalReader global) {
        if (group != null) {
            warnOfNoEffect("mcast_dst_ip", "'unicast_peer'");
        }
        try {
            Destinations unicast = Destinations.unicast(peers);
            Integer limit = ttl;
            unicast = limit == null ? unicast : unicast.withTtl(limit);
            boolean closed = onlyPeers == null ? global.onlyPeers() : onlyPeers;
            return closed || limited ? unicast.onlyPeers() : unicast;
        } catch (IllegalArgumentException e) {
            refuse(place, String.valueOf(e.getMessage()));
            return Destinations.MULTICAST;
        }
    }

    private void noPeers() {
        Place fault = instance.placeOf("unicast_fault_no_peer");
        if (fault != null && !refused) {
            instance.findings()
                    .error(
                            fault,
                            "there is no peer, and 'unicast_fault_no_peer' rules multicast out; write 'unicast_peer'"
                                    + " and a block of addresses");
        } else if (!refused) {
            List.of("unicast_peer", "unicast_src_ip", "unicast_ttl")
                    .forEach(directive -> warnOfMulticast(directive));
        }
    }

    private void warnOfMulticast(String directive) {
        Place place = instance.placeOf(directive);
        if (place != null) {
            instance.findings()
                    .warning(
                            place,
                            "'"
                                    + directive
                                    + "' names no peer, so that advertisements go by multicast, as with keepalived;"
                                    + " write 'unicast_peer' and the addresses of the peers");
        }
    }

    private void warnOfNoEffect(String directive, String because) {
        Place place = instance.placeOf(directive);
        if (place != null) {
            instance.findings()
                    .warning(place, "'" + directive + "' has no effect together with " + because);
        }
    }

    /** Returns the checksum that version 3 sends over IPv4. */
    ChecksumMode checksum(GlobalReader global) {
        if (checksumAsV2 == null ? global.checksumAsV2() : checksumAsV2) {
            return ChecksumMode.MESSAGE_ONLY;
        }
        boolean follows = isUnicast() && checksumDetected;
        return follows ? ChecksumMode.AUTO : ChecksumMode.PSEUDO_HEADER;
    }
}
