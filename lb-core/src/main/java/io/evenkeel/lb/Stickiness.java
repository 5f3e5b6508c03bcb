package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the connections of one client, or of one key of another kind, keep to one server, as configured ({@code stick}). */
public final class Stickiness {
    /** Every connection goes where the balance says. */
    public static final Stickiness NONE = builder().build();

    private final List<StickRule> rules;
    private final boolean preferPrimary;
    private final boolean storeAtPick;

    private Stickiness(Builder builder) {
        rules = List.copyOf(builder.rules);
        preferPrimary = builder.preferPrimary;
        storeAtPick = builder.storeAtPick;
    }

    /** A builder without a rule. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@code stick on} one key, in the backend's own table. */
    public static Stickiness on(StickKeySource source) {
        return builder().rule(StickRule.on(source)).build();
    }

    /** In the order in which they count: the first that matches decides, and of those that store in one table the first that has a key. */
    public List<StickRule> rules() {
        return rules;
    }

    /** Whether an entry that points to a backup counts for nothing, and is replaced, when another server is usable. */
    public boolean preferPrimary() {
        return preferPrimary;
    }

    /** What of a connection the rules need. */
    public Set<StickKeySource> sources() {
        Set<StickKeySource> sources = EnumSet.noneOf(StickKeySource.class);
        rules.forEach(rule -> sources.add(rule.source()));
        return Collections.unmodifiableSet(sources);
    }

    /**
     * Whether the server is stored when it is picked and not only when it has taken the connection, so that of many first connections
     * at once all go to one server.
     */
    public boolean storeAtPick() {
        return storeAtPick;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Stickiness that
                && rules.equals(that.rules)
                && preferPrimary == that.preferPrimary
                && storeAtPick == that.storeAtPick;
    }

    @Override
    public int hashCode() {
        return Objects.hash(rules, preferPrimary, storeAtPick);
    }

    /** The rules. */
    @Override
    public String toString() {
        return rules.toString();
    }

    /** Builds a {@link Stickiness}. */
    public static final class Builder {
        private final List<StickRule> rules = new ArrayList<>();
        private boolean preferPrimary;
        private boolean storeAtPick;

        private Builder() {}

        /** Adds a rule. */
        public Builder rule(StickRule value) {
            rules.add(value);
            return this;
        }

        /** Adds rules. */
        public Builder rules(List<StickRule> values) {
            rules.addAll(values);
            return this;
        }

        /** See {@link Stickiness#preferPrimary()}; false if not set. */
        public Builder preferPrimary(boolean value) {
            preferPrimary = value;
            return this;
        }

        /** See {@link Stickiness#storeAtPick()}; false, as in HAProxy, if not set. */
        public Builder storeAtPick(boolean value) {
            storeAtPick = value;
            return this;
        }

        /** The rules, which are checked with the backend and the proxy that they stand in. */
        public Stickiness build() {
            return new Stickiness(this);
        }
    }
}
