package io.evenkeel.vrrp;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A routing rule that is there while a router is Active: which packets a table of routes is for. Make one with {@link #of}. The
 * numbers are those of {@code ip rule}.
 *
 * @param priority when its turn is: rules are tried from the lowest one up, 1..4294967295
 * @param from the sources of the packets that it is for; all of a family for any
 * @param to their destinations, of the same family
 * @param inverted whether it is for all packets that do <em>not</em> fit what follows
 * @param inputInterface the interface that they came in on, {@code lo} for those of this host; null for any
 * @param outputInterface the interface that their socket is bound to, or null for any
 * @param mark the mark that the firewall gave them, where the mask has ones
 * @param markMask which bits of the mark count; 0 for any mark
 * @param tos their type of service, 0 for any
 * @param action what becomes of them
 * @param table where {@link Action#LOOKUP} looks for a route, 1..2147483647; 0 with the other actions
 * @param suppressPrefixLength the routes of the table that do not count are those with a prefix of this length or shorter; -1
 *     if all count
 */
public record VirtualRule(
        long priority,
        IpPrefix from,
        IpPrefix to,
        boolean inverted,
        @Nullable String inputInterface,
        @Nullable String outputInterface,
        int mark,
        int markMask,
        int tos,
        Action action,
        int table,
        int suppressPrefixLength) {

    /** What becomes of the packets. */
    public enum Action {
        /** The table says where they go; if it does not, the next rule does. */
        LOOKUP,
        /** They are dropped without a word. */
        BLACKHOLE,
        /** They are dropped, and the sender is told that the network is unreachable. */
        UNREACHABLE,
        /** They are dropped, and the sender is told that it is forbidden. */
        PROHIBIT
    }

    /**
     * @throws IllegalArgumentException if a value is out of range or two contradict each other; the message says which and why
     */
    public VirtualRule {
        Objects.requireNonNull(action, "action");
        if (from.isIpv4() != to.isIpv4()) {
            throw new IllegalArgumentException(
                    "The rule is from " + from + " to " + to + "; both must be of one family.");
        }
        if (priority < 1 || priority > RouteChecks.MAX_UNSIGNED) {
            throw new IllegalArgumentException(
                    "The priority of the rule is " + priority + "; it must be 1..4294967295.");
        }
        if (inputInterface != null) {
            InterfaceNames.require(inputInterface);
        }
        if (outputInterface != null) {
            InterfaceNames.require(outputInterface);
        }
        if ((mark & ~markMask) != 0) {
            throw new IllegalArgumentException(
                    "The mark "
                            + hex(mark)
                            + " has bits that its mask "
                            + hex(markMask)
                            + " leaves out; no packet would fit.");
        }
        RouteChecks.range("type of service", tos, 255);
        if (from.isIpv4() && (tos & 0x03) != 0) {
            throw new IllegalArgumentException(
                    "The type of service is "
                            + hex(tos)
                            + "; its last two bits, which are of congestion notification, must be 0.");
        }
        if (action == Action.LOOKUP) {
            RouteChecks.table(table);
        } else if (table != 0) {
            throw new IllegalArgumentException(
                    "The rule drops packets and looks into table "
                            + table
                            + "; it does one of both.");
        }
        if (suppressPrefixLength < -1 || suppressPrefixLength > (from.isIpv4() ? 32 : 128)) {
            throw new IllegalArgumentException(
                    "The suppressed prefix length is "
                            + suppressPrefixLength
                            + "; it must be 0.."
                            + (from.isIpv4() ? 32 : 128)
                            + ", or -1 for none.");
        }
        if (action != Action.LOOKUP && suppressPrefixLength >= 0) {
            throw new IllegalArgumentException(
                    "The rule drops packets; it has no routes of which some could be suppressed.");
        }
    }

    /**
     * Starts a rule for all packets of the family.
     *
     * @param priority 1..4294967295
     */
    public static Builder of(boolean ipv4, long priority) {
        return new Builder(ipv4, priority);
    }

    public boolean isIpv4() {
        return from.isIpv4();
    }

    /** As {@code ip rule} writes it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(isIpv4() ? "" : "inet6 ").append(inverted ? "not " : "");
        text.append("from ").append(from.isAll() ? "all" : from);
        if (!to.isAll()) {
            text.append(" to ").append(to);
        }
        if (tos != 0) {
            text.append(" tos ").append(hex(tos));
        }
        if (markMask != 0) {
            text.append(" fwmark ").append(hex(mark)).append('/').append(hex(markMask));
        }
        if (inputInterface != null) {
            text.append(" iif ").append(inputInterface);
        }
        if (outputInterface != null) {
            text.append(" oif ").append(outputInterface);
        }
        if (action == Action.LOOKUP) {
            text.append(" table ").append(table);
        } else {
            text.append(' ').append(action.name().toLowerCase(Locale.ROOT));
        }
        if (suppressPrefixLength >= 0) {
            text.append(" suppress_prefixlength ").append(suppressPrefixLength);
        }
        return text.append(" priority ").append(priority).toString();
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }

    /** Describes a rule. */
    public static final class Builder {
        private final long priority;
        private IpPrefix from;
        private IpPrefix to;
        private boolean inverted;
        private @Nullable String inputInterface;
        private @Nullable String outputInterface;
        private int mark;
        private int markMask;
        private int tos;
        private Action action = Action.LOOKUP;
        private int table;
        private int suppressPrefixLength = -1;

        private Builder(boolean ipv4, long priority) {
            this.priority = priority;
            from = IpPrefix.all(ipv4);
            to = from;
        }

        /** From any address by default. */
        public Builder from(IpPrefix from) {
            this.from = Objects.requireNonNull(from, "from");
            return this;
        }

        /** To any address by default. */
        public Builder to(IpPrefix to) {
            this.to = Objects.requireNonNull(to, "to");
            return this;
        }

        /** False by default. */
        public Builder inverted(boolean inverted) {
            this.inverted = inverted;
            return this;
        }

        /** Any by default. */
        public Builder inputInterface(@Nullable String name) {
            inputInterface = name;
            return this;
        }

        /** Any by default. */
        public Builder outputInterface(@Nullable String name) {
            outputInterface = name;
            return this;
        }

        /** Any mark by default; a mask of all ones for exactly this mark. */
        public Builder mark(int mark, int mask) {
            this.mark = mark;
            markMask = mask;
            return this;
        }

        /** Any by default. */
        public Builder tos(int tos) {
            this.tos = tos;
            return this;
        }

        /** The table to look into; it or {@link #action} is needed. */
        public Builder table(int table) {
            this.table = table;
            return this;
        }

        /** {@link Action#LOOKUP} by default. */
        public Builder action(Action action) {
            this.action = Objects.requireNonNull(action, "action");
            return this;
        }

        /** -1, the default, for none. */
        public Builder suppressPrefixLength(int length) {
            suppressPrefixLength = length;
            return this;
        }

        /**
         * The rule.
         *
         * @throws IllegalArgumentException as the constructor says
         */
        public VirtualRule build() {
            return new VirtualRule(
                    priority,
                    from,
                    to,
                    inverted,
                    inputInterface,
                    outputInterface,
                    mark,
                    markMask,
                    tos,
                    action,
                    table,
                    suppressPrefixLength);
        }
    }
}
