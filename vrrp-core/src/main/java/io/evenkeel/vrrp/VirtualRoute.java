package io.evenkeel.vrrp;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route that is there while a router is Active. Make one with {@link #to}. The numbers are those of {@code ip route}.
 *
 * @param type what becomes of packets
 * @param destination where packets go to that take this route; its family is the route's
 * @param gateway the router to hand them to, or null to send them to their destination directly
 * @param device the interface to send them on, or null to have the kernel find the one of the gateway
 * @param source the address that packets of this host carry which are bound to none, or null to have the kernel choose; it may
 *     be a virtual address of the router
 * @param table the routing table, 1..2147483647
 * @param metric the lower, the better, 0..4294967295; for IPv6 the kernel takes 0 as 1024
 * @param scope how far the destination is, 0..255; IPv6 has none
 * @param onlink whether the gateway is taken to be on the device's link though no route says so
 * @param mtu the bytes that a packet may have, 68..65535, or 0 for those of the device
 * @param protocol the number that tells who put the route there, 1..255
 */
public record VirtualRoute(
        Type type,
        IpPrefix destination,
        @Nullable IpAddress gateway,
        @Nullable String device,
        @Nullable IpAddress source,
        int table,
        long metric,
        int scope,
        boolean onlink,
        int mtu,
        int protocol) {

    /** The table that hosts look at without any rule. */
    public static final int MAIN_TABLE = 254;

    /** The number of Evenkeel's routes and rules, which nobody else is assigned: it knows by it what a crash left behind. */
    public static final int EVENKEEL_PROTOCOL = 112;

    /** Everywhere. */
    public static final int SCOPE_GLOBAL = 0;

    /** On a link of this host. */
    public static final int SCOPE_LINK = 253;

    private static final long DEFAULT_IPV6_METRIC = 1024;

    /** What becomes of the packets. */
    public enum Type {
        /** They are sent to the gateway or, without one, on the link. */
        UNICAST,
        /** They are dropped without a word. */
        BLACKHOLE,
        /** They are dropped, and the sender is told that there is no route to the host. */
        UNREACHABLE,
        /** They are dropped, and the sender is told that it is forbidden. */
        PROHIBIT,
        /** The table has no route for them; the next rule decides. */
        THROW
    }

    /**
     * @throws IllegalArgumentException if a value is out of range or two contradict each other; the message says which and why
     */
    public VirtualRoute {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(destination, "destination");
        RouteChecks.table(table);
        RouteChecks.range("metric", metric, RouteChecks.MAX_UNSIGNED);
        RouteChecks.range("scope", scope, 255);
        if (protocol < 1 || protocol > 255) {
            throw new IllegalArgumentException(
                    "The protocol is " + protocol + "; it must be 1..255.");
        }
        if (mtu != 0 && (mtu < 68 || mtu > 65_535)) {
            throw new IllegalArgumentException(
                    "The mtu is " + mtu + "; it must be 68..65535 bytes.");
        }
        if (device != null) {
            InterfaceNames.require(device);
        }
        RouteChecks.unicast("gateway", gateway, destination);
        RouteChecks.unicast("source", source, destination);
        if (type == Type.UNICAST) {
            RouteChecks.way(destination, gateway, device, onlink);
        } else if (gateway != null || device != null || source != null || onlink || mtu != 0) {
            throw new IllegalArgumentException(
                    "The route to "
                            + destination
                            + " drops its packets; it has no gateway, device, source and mtu.");
        }
    }

    /** Starts a route with the defaults of {@code ip route}. */
    public static Builder to(IpPrefix destination) {
        return new Builder(destination);
    }

    public boolean isIpv4() {
        return destination.isIpv4();
    }

    /** The metric that the kernel gives it: IPv6 has no 0. */
    public long effectiveMetric() {
        return metric == 0 && !isIpv4() ? DEFAULT_IPV6_METRIC : metric;
    }

    /** Whether the kernel would take both for one: the same destination, table and metric. */
    public boolean collidesWith(VirtualRoute other) {
        return destination.equals(other.destination)
                && table == other.table
                && effectiveMetric() == other.effectiveMetric();
    }

    /** As {@code ip route} writes it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (type != Type.UNICAST) {
            text.append(type.name().toLowerCase(java.util.Locale.ROOT)).append(' ');
        }
        text.append(destination.isAll() && !isIpv4() ? "::/0" : destination);
        if (gateway != null) {
            text.append(" via ").append(gateway);
        }
        if (device != null) {
            text.append(" dev ").append(device);
        }
        if (source != null) {
            text.append(" src ").append(source);
        }
        if (table != MAIN_TABLE) {
            text.append(" table ").append(table);
        }
        if (metric != 0) {
            text.append(" metric ").append(metric);
        }
        if (onlink) {
            text.append(" onlink");
        }
        if (mtu != 0) {
            text.append(" mtu ").append(mtu);
        }
        if (protocol != EVENKEEL_PROTOCOL) {
            text.append(" proto ").append(protocol);
        }
        return text.toString();
    }

    /** Describes a route. */
    public static final class Builder {
        private final IpPrefix destination;
        private Type type = Type.UNICAST;
        private @Nullable IpAddress gateway;
        private @Nullable String device;
        private @Nullable IpAddress source;
        private int table = MAIN_TABLE;
        private long metric;
        private @Nullable Integer scope;
        private boolean onlink;
        private int mtu;
        private int protocol = EVENKEEL_PROTOCOL;

        private Builder(IpPrefix destination) {
            this.destination = Objects.requireNonNull(destination, "destination");
        }

        /** {@link Type#UNICAST} by default. */
        public Builder type(Type type) {
            this.type = Objects.requireNonNull(type, "type");
            return this;
        }

        /** The router to hand packets to; none by default. */
        public Builder via(@Nullable IpAddress gateway) {
            this.gateway = gateway;
            return this;
        }

        /** The interface to send on; by default the kernel finds that of the gateway. */
        public Builder device(@Nullable String device) {
            this.device = device;
            return this;
        }

        /** The source address of packets that are bound to none; the kernel chooses by default. */
        public Builder source(@Nullable IpAddress source) {
            this.source = source;
            return this;
        }

        /** {@link #MAIN_TABLE} by default. */
        public Builder table(int table) {
            this.table = table;
            return this;
        }

        /** 0 by default. */
        public Builder metric(long metric) {
            this.metric = metric;
            return this;
        }

        /** By default the link's for a unicast route without a gateway, else global. */
        public Builder scope(int scope) {
            this.scope = scope;
            return this;
        }

        /** False by default. */
        public Builder onlink(boolean onlink) {
            this.onlink = onlink;
            return this;
        }

        /** Bytes; 0, the default, for those of the device. */
        public Builder mtu(int mtu) {
            this.mtu = mtu;
            return this;
        }

        /** {@link #EVENKEEL_PROTOCOL} by default. With another one a route is not known again after a crash. */
        public Builder protocol(int protocol) {
            this.protocol = protocol;
            return this;
        }

        /**
         * The route.
         *
         * @throws IllegalArgumentException as the constructor says
         */
        public VirtualRoute build() {
            boolean direct = type == Type.UNICAST && gateway == null && destination.isIpv4();
            Integer given = scope;
            int resolved = given != null ? given : direct ? SCOPE_LINK : SCOPE_GLOBAL;
            return new VirtualRoute(
                    type,
                    destination,
                    gateway,
                    device,
                    source,
                    table,
                    metric,
                    resolved,
                    onlink,
                    mtu,
                    protocol);
        }
    }
}
