package io.evenkeel.vrrp;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a virtual router is to do, as an immutable value (RFC 9568, section 6.1). Make one with {@link
 * #builder}; a configuration that exists is valid.
 */
public final class VirtualRouterConfig {

    private final String name;
    private final int virtualRouterId;
    private final String interfaceName;
    private final VrrpVersion version;
    private final int priority;
    private final long advertisementIntervalNanos;
    private final List<VirtualAddress> addresses;
    private final List<VirtualAddress> excludedAddresses;
    private final Preemption preemption;
    private final Authentication authentication;
    private final List<Tracker> trackers;
    private final long startDelayNanos;
    private final AnnouncementPolicy announcements;
    private final boolean fastHandover;
    private final boolean strict;

    /** Takes what {@link ConfigChecks} found to be right. */
    VirtualRouterConfig(Builder builder) {
        this.name = builder.name;
        this.virtualRouterId = builder.virtualRouterId;
        this.interfaceName = builder.interfaceName;
        this.version = builder.version;
        this.priority = builder.priority;
        this.advertisementIntervalNanos = builder.advertisementInterval.toNanos();
        this.addresses = builder.addresses;
        this.excludedAddresses = builder.excludedAddresses;
        this.preemption = builder.preemption;
        this.authentication = builder.authentication;
        this.trackers = builder.trackers;
        this.startDelayNanos = builder.startDelay.toNanos();
        this.announcements = builder.announcements;
        this.fastHandover = builder.fastHandover;
        this.strict = builder.strict;
    }

    /** Starts a configuration. The name is what events, errors and people call this router. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** A builder that holds everything of this configuration. */
    public Builder toBuilder() {
        return new Builder(name)
                .virtualRouterId(virtualRouterId)
                .interfaceName(interfaceName)
                .version(version)
                .priority(priority)
                .advertisementInterval(Duration.ofNanos(advertisementIntervalNanos))
                .addresses(addresses)
                .excludedAddresses(excludedAddresses)
                .preemption(preemption)
                .authentication(authentication)
                .trackers(trackers)
                .startDelay(Duration.ofNanos(startDelayNanos))
                .announcements(announcements)
                .fastHandover(fastHandover)
                .strict(strict);
    }

    public String name() {
        return name;
    }

    /** The VRID, 1..255. */
    public int virtualRouterId() {
        return virtualRouterId;
    }

    public String interfaceName() {
        return interfaceName;
    }

    public VrrpVersion version() {
        return version;
    }

    /** The configured priority, 1..255, before trackers move it. */
    public int priority() {
        return priority;
    }

    /** Whether this router owns the addresses: priority 255. */
    public boolean isOwner() {
        return priority == ConfigChecks.OWNER_PRIORITY;
    }

    /** Nanoseconds between two advertisements. */
    public long advertisementIntervalNanos() {
        return advertisementIntervalNanos;
    }

    /** The interval in hundredths of a second: 1..4095 for version 3, 100..25500 for version 2. */
    public int advertisementIntervalCentis() {
        return (int) (advertisementIntervalNanos / ConfigChecks.CENTI_NANOS);
    }

    /** The addresses that are advertised; at least one. */
    public List<VirtualAddress> addresses() {
        return addresses;
    }

    /** Addresses that move with the router and are not advertised. */
    public List<VirtualAddress> excludedAddresses() {
        return excludedAddresses;
    }

    public Preemption preemption() {
        return preemption;
    }

    public Authentication authentication() {
        return authentication;
    }

    public List<Tracker> trackers() {
        return trackers;
    }

    /** Nanoseconds after the start during which nothing is heard and nothing is done. */
    public long startDelayNanos() {
        return startDelayNanos;
    }

    public AnnouncementPolicy announcements() {
        return announcements;
    }

    /** Whether a planned release first teaches the Backups a short interval; version 3 alone. */
    public boolean fastHandover() {
        return fastHandover;
    }

    /** Whether version 2 is spoken to the letter of RFC 3768; see {@link Builder#strict}. */
    public boolean strict() {
        return strict;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VirtualRouterConfig config
                && properties().equals(config.properties());
    }

    @Override
    public int hashCode() {
        return properties().hashCode();
    }

    private List<Object> properties() {
        return List.of(
                name,
                virtualRouterId,
                interfaceName,
                version,
                priority,
                advertisementIntervalNanos,
                addresses,
                excludedAddresses,
                preemption,
                authentication,
                trackers,
                startDelayNanos,
                announcements,
                fastHandover,
                strict);
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

    /**
     * Collects the properties. Nothing is checked until {@link #build()}, which then names every
     * problem at once. Without a default: {@code virtualRouterId}, {@code interfaceName}, {@code
     * addresses}.
     */
    public static final class Builder {

        final String name;
        int virtualRouterId;
        String interfaceName = "";
        VrrpVersion version = VrrpVersion.V3;
        int priority = 100;
        Duration advertisementInterval = Duration.ofSeconds(1);
        List<VirtualAddress> addresses = List.of();
        List<VirtualAddress> excludedAddresses = List.of();
        Preemption preemption = Preemption.IMMEDIATE;
        Authentication authentication = Authentication.NONE;
        List<Tracker> trackers = List.of();
        Duration startDelay = Duration.ZERO;
        AnnouncementPolicy announcements = AnnouncementPolicy.DEFAULT;
        boolean fastHandover = true;
        boolean strict;

        Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** The VRID, 1..255, the same on every router of the cluster and on no other of the LAN. */
        public Builder virtualRouterId(int virtualRouterId) {
            this.virtualRouterId = virtualRouterId;
            return this;
        }

        /** The interface that speaks VRRP. */
        public Builder interfaceName(String interfaceName) {
            this.interfaceName = Objects.requireNonNull(interfaceName, "interfaceName");
            return this;
        }

        /** The protocol version; {@link VrrpVersion#V3} by default. */
        public Builder version(VrrpVersion version) {
            this.version = Objects.requireNonNull(version, "version");
            return this;
        }

        /** 1..254, or 255 for the router whose own addresses these are; 100 by default. */
        public Builder priority(int priority) {
            this.priority = priority;
            return this;
        }

        /**
         * Time between advertisements; 1 s by default. Version 3 carries 10 ms to 40.95 s in steps of
         * 10 ms, version 2 whole seconds up to 255. Others are refused, never rounded.
         */
        public Builder advertisementInterval(Duration interval) {
            this.advertisementInterval = Objects.requireNonNull(interval, "interval");
            return this;
        }

        /** The addresses to advertise and to hold: 1..255, no two alike. */
        public Builder addresses(List<VirtualAddress> addresses) {
            this.addresses = List.copyOf(addresses);
            return this;
        }

        /** Addresses that move with the router and are not advertised; none by default. */
        public Builder excludedAddresses(List<VirtualAddress> addresses) {
            this.excludedAddresses = List.copyOf(addresses);
            return this;
        }

        /** {@link Preemption#IMMEDIATE} by default. */
        public Builder preemption(Preemption preemption) {
            this.preemption = Objects.requireNonNull(preemption, "preemption");
            return this;
        }

        /** {@link Authentication#NONE} by default; a password needs version 2. */
        public Builder authentication(Authentication authentication) {
            this.authentication = Objects.requireNonNull(authentication, "authentication");
            return this;
        }

        /** What moves the priority; nothing by default. Names are unique. */
        public Builder trackers(List<Tracker> trackers) {
            this.trackers = List.copyOf(trackers);
            return this;
        }

        /** How long to wait after the start before anything is heard; zero by default, at most a day. */
        public Builder startDelay(Duration delay) {
            this.startDelay = Objects.requireNonNull(delay, "delay");
            return this;
        }

        /** {@link AnnouncementPolicy#DEFAULT} by default. */
        public Builder announcements(AnnouncementPolicy announcements) {
            this.announcements = Objects.requireNonNull(announcements, "announcements");
            return this;
        }

        /** Whether a planned release of version 3 takes milliseconds; true by default. */
        public Builder fastHandover(boolean fastHandover) {
            this.fastHandover = fastHandover;
            return this;
        }

        /**
         * Whether version 2 keeps to the letter of RFC 3768: an advertisement with other addresses is
         * dropped unless its sender owns them (section 7.1), and one of lower priority is not answered
         * (section 6.4.3). False by default: differing addresses are reported and a lower router is
         * told at once who is Active, which ends a split. Version 3 does the latter by its RFC.
         */
        public Builder strict(boolean strict) {
            this.strict = strict;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws InvalidConfigException with every problem, if there is any
         */
        public VirtualRouterConfig build() {
            List<ConfigProblem> problems = ConfigChecks.check(this);
            if (!problems.isEmpty()) {
                throw new InvalidConfigException(name, problems);
            }
            return new VirtualRouterConfig(this);
        }
    }
}
