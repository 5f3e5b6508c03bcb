package io.evenkeel.vrrp;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The properties of a virtual router and their defaults: what a builder fills and a configuration keeps. */
final class RouterProperties {

    final String name;
    int virtualRouterId;
    String interfaceName = "";
    VrrpVersion version = VrrpVersion.V3;
    int priority = 100;
    Duration advertisementInterval = Duration.ofSeconds(1);
    int downTimerAdverts = 3;
    List<VirtualAddress> addresses = List.of();
    List<VirtualAddress> excludedAddresses = List.of();
    Destinations destinations = Destinations.MULTICAST;
    @Nullable IpAddress sourceAddress;
    Preemption preemption = Preemption.IMMEDIATE;
    Authentication authentication = Authentication.NONE;
    @Nullable HmacAuthentication hmac;
    List<Tracker> trackers = List.of();
    Duration startDelay = Duration.ZERO;
    AnnouncementPolicy announcements = AnnouncementPolicy.DEFAULT;
    boolean acceptMode = true;
    boolean fastHandover = true;
    PauseReaction pauseReaction = PauseReaction.BY_PREEMPTION;
    ChecksumMode checksumMode = ChecksumMode.PSEUDO_HEADER;
    boolean answersLower = true;
    boolean strict;
    boolean trailerTolerated;
    boolean linkLocalFirst = true;
    int mtu = 1500;
    HostSettings host = HostSettings.NONE;

    RouterProperties(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    RouterProperties copy() {
        RouterProperties copy = new RouterProperties(name);
        copy.virtualRouterId = virtualRouterId;
        copy.interfaceName = interfaceName;
        copy.version = version;
        copy.priority = priority;
        copy.advertisementInterval = advertisementInterval;
        copy.downTimerAdverts = downTimerAdverts;
        copy.addresses = addresses;
        copy.excludedAddresses = excludedAddresses;
        copy.destinations = destinations;
        copy.sourceAddress = sourceAddress;
        copy.preemption = preemption;
        copy.authentication = authentication;
        copy.hmac = hmac;
        copy.trackers = trackers;
        copy.startDelay = startDelay;
        copy.announcements = announcements;
        copy.acceptMode = acceptMode;
        copy.fastHandover = fastHandover;
        copy.pauseReaction = pauseReaction;
        copy.checksumMode = checksumMode;
        copy.answersLower = answersLower;
        copy.strict = strict;
        copy.trailerTolerated = trailerTolerated;
        copy.linkLocalFirst = linkLocalFirst;
        copy.mtu = mtu;
        copy.host = host;
        return copy;
    }

    /** All of them, to compare. */
    List<@Nullable Object> values() {
        return Arrays.asList(
                name,
                virtualRouterId,
                interfaceName,
                version,
                priority,
                advertisementInterval,
                downTimerAdverts,
                addresses,
                excludedAddresses,
                destinations,
                sourceAddress,
                preemption,
                authentication,
                hmac,
                trackers,
                startDelay,
                announcements,
                acceptMode,
                fastHandover,
                pauseReaction,
                checksumMode,
                answersLower,
                strict,
                trailerTolerated,
                linkLocalFirst,
                mtu,
                host);
    }

    /** The family of the first address; IPv4 while there is none. */
    boolean isIpv4() {
        return addresses.isEmpty() || addresses.get(0).address().isIpv4();
    }

    /** What stays for a router's life is the same. */
    boolean isSameRouterAs(RouterProperties other) {
        boolean unicast = destinations.isUnicast();
        boolean sameWay =
                unicast == other.destinations.isUnicast()
                        && (unicast
                                || destinations
                                        .group(isIpv4())
                                        .equals(other.destinations.group(isIpv4())));
        return name.equals(other.name)
                && interfaceName.equals(other.interfaceName)
                && virtualRouterId == other.virtualRouterId
                && version == other.version
                && isIpv4() == other.isIpv4()
                && Objects.equals(host.virtualMac(), other.host.virtualMac())
                && sameWay;
    }

    @Override
    public String toString() {
        return name
                + " (VRID "
                + virtualRouterId
                + " on "
                + interfaceName
                + ", "
                + version
                + ", priority "
                + priority
                + ", "
                + addresses
                + ")";
    }
}
