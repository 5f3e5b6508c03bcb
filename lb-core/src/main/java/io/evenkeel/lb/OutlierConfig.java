package io.evenkeel.lb;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a server is ejected for how its connections go, see {@link OutlierDetector}. The defaults are Envoy's. */
public final class OutlierConfig {
    private final int consecutiveErrors;
    private final double successRateDeviations;
    private final int minHosts;
    private final int minRequests;
    private final long intervalNanos;
    private final long baseEjectionNanos;
    private final long maxEjectionNanos;
    private final int maxEjectedPercent;
    private final boolean checkEndsEjection;

    private OutlierConfig(Builder builder) {
        consecutiveErrors = builder.consecutiveErrors;
        successRateDeviations = builder.successRateDeviations;
        minHosts = builder.minHosts;
        minRequests = builder.minRequests;
        intervalNanos = Problems.nanos(builder.interval);
        baseEjectionNanos = Problems.nanos(builder.baseEjection);
        maxEjectionNanos = Problems.nanos(builder.maxEjection);
        maxEjectedPercent = builder.maxEjectedPercent;
        checkEndsEjection = builder.checkEndsEjection;
    }

    /** A builder with Envoy's defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** So many failed connects in a row eject a server; 0: never. */
    public int consecutiveErrors() {
        return consecutiveErrors;
    }

    /**
     * A server is ejected when its part of successes in an interval is by more than so many standard deviations below the mean of all;
     * 0: never.
     */
    public double successRateDeviations() {
        return successRateDeviations;
    }

    /** So many servers must have had {@link #minRequests()}, or success rates are not compared. */
    public int minHosts() {
        return minHosts;
    }

    /** A server with fewer connects in the interval counts for nothing in the comparison. */
    public int minRequests() {
        return minRequests;
    }

    /** Between two comparisons. */
    public long intervalNanos() {
        return intervalNanos;
    }

    /** How long the first ejection lasts; the n-th in a row lasts n times as long. */
    public long baseEjectionNanos() {
        return baseEjectionNanos;
    }

    /** No ejection lasts longer. */
    public long maxEjectionNanos() {
        return maxEjectionNanos;
    }

    /** At most this part of the servers is out at a time, in percent: 0 for none, to 100; one of several may be in any case. */
    public int maxEjectedPercent() {
        return maxEjectedPercent;
    }

    /** Whether a passed health check ends an ejection before its time. */
    public boolean checkEndsEjection() {
        return checkEndsEjection;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OutlierConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    private List<Object> fields() {
        return List.of(
                consecutiveErrors,
                successRateDeviations,
                minHosts,
                minRequests,
                intervalNanos,
                baseEjectionNanos,
                maxEjectionNanos,
                maxEjectedPercent,
                checkEndsEjection);
    }

    /** Builds an {@link OutlierConfig}. */
    public static final class Builder {
        private int consecutiveErrors = 5;
        private double successRateDeviations = 1.9;
        private int minHosts = 5;
        private int minRequests = 100;
        private Duration interval = Duration.ofSeconds(10);
        private Duration baseEjection = Duration.ofSeconds(30);
        private Duration maxEjection = Duration.ofSeconds(300);
        private int maxEjectedPercent = 10;
        private boolean checkEndsEjection = true;

        private Builder() {}

        /** At least 0; 5 if not set. */
        public Builder consecutiveErrors(int value) {
            consecutiveErrors = value;
            return this;
        }

        /** At least 0; 1.9 if not set. */
        public Builder successRateDeviations(double value) {
            successRateDeviations = value;
            return this;
        }

        /** At least 1; 5 if not set. */
        public Builder minHosts(int value) {
            minHosts = value;
            return this;
        }

        /** At least 1; 100 if not set. */
        public Builder minRequests(int value) {
            minRequests = value;
            return this;
        }

        /** Above 0; 10 s if not set. */
        public Builder interval(Duration value) {
            interval = value;
            return this;
        }

        /** Above 0; 30 s if not set. */
        public Builder baseEjection(Duration value) {
            baseEjection = value;
            return this;
        }

        /** At least the base ejection; 300 s if not set. */
        public Builder maxEjection(Duration value) {
            maxEjection = value;
            return this;
        }

        /** 0 to 100; 10 if not set. */
        public Builder maxEjectedPercent(int value) {
            maxEjectedPercent = value;
            return this;
        }

        /** True if not set. */
        public Builder checkEndsEjection(boolean value) {
            checkEndsEjection = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public OutlierConfig build() {
            Problems problems = new Problems("outliers");
            problems.atLeast("consecutiveErrors", consecutiveErrors, 0);
            if (!(successRateDeviations >= 0 && successRateDeviations <= 1000)) {
                problems.add(
                        "successRateDeviations",
                        "is " + successRateDeviations + ", but must be from 0 to 1000");
            }
            problems.atLeast("minHosts", minHosts, 1);
            problems.atLeast("minRequests", minRequests, 1);
            problems.interval("interval", interval);
            problems.interval("baseEjection", baseEjection);
            problems.interval("maxEjection", maxEjection);
            if (maxEjection.compareTo(baseEjection) < 0) {
                problems.add(
                        "maxEjection",
                        "is "
                                + maxEjection
                                + ", but must be at least baseEjection, which is "
                                + baseEjection);
            }
            problems.range("maxEjectedPercent", maxEjectedPercent, 0, 100);
            problems.throwIfAny();
            return new OutlierConfig(this);
        }
    }
}
