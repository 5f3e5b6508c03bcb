package io.evenkeel.vrrp;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual router is to do, as an immutable value (RFC 9568, section 6.1). Make one with {@link
 * #builder}; a configuration that exists is valid.
 */
public final class VirtualRouterConfig {

    private final RouterProperties properties;

    /** Asked for with every packet, and a division to compute. */
    private final int intervalCentis;

    private final long intervalNanos;

    private VirtualRouterConfig(RouterProperties properties) {
        this.properties = properties;
        intervalNanos = properties.advertisementInterval.toNanos();
        intervalCentis = (int) (intervalNanos / ConfigChecks.CENTI_NANOS);
    }

    /** Starts a configuration. The name is what events, errors and people call this router. */
    public static Builder builder(String name) {
        return new Builder(new RouterProperties(name));
    }

    /** A builder that holds everything of this configuration. */
    public Builder toBuilder() {
        return new Builder(properties.copy());
    }

    public String name() {
        return properties.name;
    }

    /** The VRID, 1..255. */
    public int virtualRouterId() {
        return properties.virtualRouterId;
    }

    public String interfaceName() {
        return properties.interfaceName;
    }

    public VrrpVersion version() {
        return properties.version;
    }

    /** Whether the advertised addresses are IPv4, and with them the advertisements. */
    public boolean isIpv4() {
        return properties.isIpv4();
    }

    /** The configured priority, 1..255, before trackers move it. */
    public int priority() {
        return properties.priority;
    }

    /** Whether this router owns the addresses: priority 255. */
    public boolean isOwner() {
        return properties.priority == ConfigChecks.OWNER_PRIORITY;
    }

    /** Nanoseconds between two advertisements. */
    public long advertisementIntervalNanos() {
        return intervalNanos;
    }

    /** The interval in hundredths of a second: 1..4095 for version 3, 100..25500 for version 2. */
    public int advertisementIntervalCentis() {
        return intervalCentis;
    }

    /** How many intervals of silence make a Backup take over, before Skew_Time; 1..100. */
    public int downTimerAdverts() {
        return properties.downTimerAdverts;
    }

    /** The addresses that are advertised; at least one. */
    public List<VirtualAddress> addresses() {
        return properties.addresses;
    }

    /** Addresses that move with the router and are not advertised. */
    public List<VirtualAddress> excludedAddresses() {
        return properties.excludedAddresses;
    }

    /** Whom the advertisements go to. */
    public Destinations destinations() {
        return properties.destinations;
    }

    /** The address to send from, or null for the primary address of the interface. */
    public @Nullable IpAddress sourceAddress() {
        return properties.sourceAddress;
    }

    public Preemption preemption() {
        return properties.preemption;
    }

    /** The password of version 2. */
    public Authentication authentication() {
        return properties.authentication;
    }

    /** How advertisements are signed and checked, or null if they are not. */
    public @Nullable HmacAuthentication hmac() {
        return properties.hmac;
    }

    public List<Tracker> trackers() {
        return properties.trackers;
    }

    /** Nanoseconds after the start during which nothing is heard and nothing is done. */
    public long startDelayNanos() {
        return properties.startDelay.toNanos();
    }

    public AnnouncementPolicy announcements() {
        return properties.announcements;
    }

    /** Accept_Mode: whether the host takes packets to the addresses; the owner always does. */
    public boolean acceptMode() {
        return properties.acceptMode || isOwner();
    }

    /** Whether a planned release first teaches the Backups a short interval; version 3 alone. */
    public boolean fastHandover() {
        return properties.fastHandover;
    }

    public PauseReaction pauseReaction() {
        return properties.pauseReaction;
    }

    /** The checksum that version 3 sends over IPv4. */
    public ChecksumMode checksumMode() {
        return properties.checksumMode;
    }

    /** Whether an Active answers the advertisement of a lower router at once. */
    public boolean answersLower() {
        return properties.answersLower;
    }

    /** Whether version 2 is spoken to the letter of RFC 3768; see {@link Builder#strict}. */
    public boolean strict() {
        return properties.strict;
    }

    /** Whether the trailer of a router that signs is taken though it is not checked. */
    public boolean trailerTolerated() {
        return properties.trailerTolerated;
    }

    /** Whether the first IPv6 address of an advertisement must be link-local. */
    public boolean linkLocalFirst() {
        return properties.linkLocalFirst;
    }

    /** The bytes that a packet may have, IP header included. */
    public int mtu() {
        return properties.mtu;
    }

    /** What the host does for the router beside holding its addresses. */
    public HostSettings host() {
        return properties.host;
    }

    /**
     * Whether a running router can be given that configuration: name, interface, VRID, version, family,
     * virtual MAC and the way, which is unicast or a multicast group, are the same.
     */
    public boolean sameRouter(VirtualRouterConfig other) {
        return properties.isSameRouterAs(other.properties);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VirtualRouterConfig config
                && properties.values().equals(config.properties.values());
    }

    @Override
    public int hashCode() {
        return properties.values().hashCode();
    }

    @Override
    public String toString() {
        return properties.toString();
    }

    /**
     * Collects the properties. Nothing is checked until {@link #build()}, which then names every
     * problem at once. Without a default: {@code virtualRouterId}, {@code interfaceName}, {@code
     * addresses}.
     */
    public static final class Builder {

        private final RouterProperties properties;

        private Builder(RouterProperties properties) {
            this.properties = properties;
        }

        /** The VRID, 1..255, the same on every router of the cluster and on no other of the LAN. */
        public Builder virtualRouterId(int virtualRouterId) {
            properties.virtualRouterId = virtualRouterId;
            return this;
        }

        /** The interface that speaks VRRP. */
        public Builder interfaceName(String interfaceName) {
            properties.interfaceName = Objects.requireNonNull(interfaceName, "interfaceName");
            return this;
        }

        /** The protocol version; {@link VrrpVersion#V3} by default. IPv6 needs version 3. */
        public Builder version(VrrpVersion version) {
            properties.version = Objects.requireNonNull(version, "version");
            return this;
        }

        /** 1..254, or 255 for the router whose own addresses these are; 100 by default. */
        public Builder priority(int priority) {
            properties.priority = priority;
            return this;
        }

        /**
         * Time between advertisements; 1 s by default. Version 3 carries 10 ms to 40.95 s in steps of
         * 10 ms, version 2 whole seconds up to 255. Others are refused, never rounded.
         */
        public Builder advertisementInterval(Duration interval) {
            properties.advertisementInterval = Objects.requireNonNull(interval, "interval");
            return this;
        }

        /**
         * How many intervals of silence make a Backup take over, before Skew_Time: 1..100, by default
         * the protocol's 3. More of them, but shorter, ride out more lost packets in the same time.
         */
        public Builder downTimerAdverts(int adverts) {
            properties.downTimerAdverts = adverts;
            return this;
        }

        /**
         * The addresses to advertise and to hold: 1..255 that fit one packet, no two alike, all of one
         * family. Of IPv6 the first is link-local, unless {@link #linkLocalFirst} says otherwise.
         */
        public Builder addresses(List<VirtualAddress> addresses) {
            properties.addresses = List.copyOf(addresses);
            return this;
        }

        /** Addresses of either family that move along and are not advertised; none by default. */
        public Builder excludedAddresses(List<VirtualAddress> addresses) {
            properties.excludedAddresses = List.copyOf(addresses);
            return this;
        }

        /** {@link Destinations#MULTICAST} by default. */
        public Builder destinations(Destinations destinations) {
            properties.destinations = Objects.requireNonNull(destinations, "destinations");
            return this;
        }

        /** The address to send from; null, the default, for the interface's own. */
        public Builder sourceAddress(@Nullable IpAddress address) {
            properties.sourceAddress = address;
            return this;
        }

        /** {@link Preemption#IMMEDIATE} by default. */
        public Builder preemption(Preemption preemption) {
            properties.preemption = Objects.requireNonNull(preemption, "preemption");
            return this;
        }

        /** {@link Authentication#NONE} by default; a password needs version 2. */
        public Builder authentication(Authentication authentication) {
            properties.authentication = Objects.requireNonNull(authentication, "authentication");
            return this;
        }

        /** Signs and checks advertisements; null, the default, does not. Not with a password. */
        public Builder hmac(@Nullable HmacAuthentication hmac) {
            properties.hmac = hmac;
            return this;
        }

        /** What moves the priority; nothing by default. Names are unique. */
        public Builder trackers(List<Tracker> trackers) {
            properties.trackers = List.copyOf(trackers);
            return this;
        }

        /** How long to wait after the start before anything is heard; zero by default, at most a day. */
        public Builder startDelay(Duration delay) {
            properties.startDelay = Objects.requireNonNull(delay, "delay");
            return this;
        }

        /** {@link AnnouncementPolicy#DEFAULT} by default. */
        public Builder announcements(AnnouncementPolicy announcements) {
            properties.announcements = Objects.requireNonNull(announcements, "announcements");
            return this;
        }

        /** Accept_Mode (RFC 9568, section 6.1); true by default. Never concerns ARP, nor an owner. */
        public Builder acceptMode(boolean accept) {
            properties.acceptMode = accept;
            return this;
        }

        /** Whether a planned release of version 3 takes milliseconds; true by default. */
        public Builder fastHandover(boolean fastHandover) {
            properties.fastHandover = fastHandover;
            return this;
        }

        /** {@link PauseReaction#BY_PREEMPTION} by default. */
        public Builder pauseReaction(PauseReaction reaction) {
            properties.pauseReaction = Objects.requireNonNull(reaction, "reaction");
            return this;
        }

        /** {@link ChecksumMode#PSEUDO_HEADER} by default. Concerns version 3 over IPv4. */
        public Builder checksumMode(ChecksumMode mode) {
            properties.checksumMode = Objects.requireNonNull(mode, "mode");
            return this;
        }

        /**
         * Whether an Active tells a lower router at once who is Active; true by default, which ends a
         * split. RFC 9568, section 6.4.3, asks for it; keepalived's {@code lower_prio_no_advert} turns
         * it off.
         */
        public Builder answersLower(boolean answersLower) {
            properties.answersLower = answersLower;
            return this;
        }

        /**
         * Whether version 2 keeps to the letter of RFC 3768: an advertisement with other addresses is
         * dropped unless its sender owns them (section 7.1), and one of lower priority is not answered
         * (section 6.4.3). False by default: differing addresses are reported and a lower router is
         * told at once who is Active, which ends a split. Version 3 does the latter by its RFC.
         */
        public Builder strict(boolean strict) {
            properties.strict = strict;
            return this;
        }

        /**
         * Whether 28 bytes behind a message, the trailer of a router that signs, are taken unchecked.
         * False by default: they are dropped for their length. {@link #hmac} checks them instead.
         */
        public Builder trailerTolerated(boolean tolerated) {
            properties.trailerTolerated = tolerated;
            return this;
        }

        /**
         * Whether the first IPv6 address of an advertisement must be link-local, received or sent
         * (RFC 9568, section 5.2.9 and erratum 8300); true by default. False is for peers that are
         * configured without one, which keepalived lets pass.
         */
        public Builder linkLocalFirst(boolean required) {
            properties.linkLocalFirst = required;
            return this;
        }

        /** The bytes that a packet may have, IP header included: 576..65535, 1500 by default. */
        public Builder mtu(int mtu) {
            properties.mtu = mtu;
            return this;
        }

        /** {@link HostSettings#NONE} by default. */
        public Builder host(HostSettings host) {
            properties.host = Objects.requireNonNull(host, "host");
            return this;
        }

        /**
         * The configuration.
         *
         * @throws InvalidConfigException with every problem, if there is any
         */
        public VirtualRouterConfig build() {
            List<ConfigProblem> problems = ConfigChecks.check(properties);
            if (!problems.isEmpty()) {
                throw new InvalidConfigException(properties.name, problems);
            }
            return new VirtualRouterConfig(properties.copy());
        }
    }
}
