package io.evenkeel.vrrp.netlink;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A method of the application that is asked again and again and feeds the trackers of its name. It is called on a daemon thread of its
 * own, never on the VRRP thread, so that it may block. One that takes longer than its timeout counts as failed until it returns,
 * and so does one that throws. Until it has returned once, its trackers know nothing of it: a fatal one counts as failed.
 *
 * <pre>{@code
 * VrrpService.builder()
 *     .router(config)   // with Tracker.fatal("pool")
 *     .trackedSupplier(TrackedSupplier.health("pool", pool::hasServers).every(Duration.ofMillis(500)))
 * }</pre>
 *
 * <p>What changes rarely, and is known when it does, is better reported with {@link VrrpService#report(String, boolean)}.
 */
public final class TrackedSupplier {
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    /** Asks the application; returns a Boolean or an Integer. */
    interface Question {
        Object ask();
    }

    private final String tracker;
    private final Question question;
    private final Duration interval;
    private final Duration timeout;

    private TrackedSupplier(
            String tracker, Question question, Duration interval, Duration timeout) {
        if (tracker.isBlank()) {
            throw new IllegalArgumentException("A tracked supplier has no name; give it one.");
        }
        requirePositive(tracker, "interval", interval);
        requirePositive(tracker, "timeout", timeout);
        this.tracker = tracker;
        this.question = question;
        this.interval = interval;
        this.timeout = timeout;
    }

    /**
     * A source that is up or has failed, asked every second, with a timeout of a second.
     *
     * @param tracker the name of the trackers that it feeds
     * @param supplier returns true if the source is healthy
     * @return the source
     * @throws IllegalArgumentException if the name is blank
     */
    public static TrackedSupplier health(String tracker, BooleanSupplier supplier) {
        Objects.requireNonNull(supplier, "supplier");
        return new TrackedSupplier(
                tracker, supplier::getAsBoolean, DEFAULT_INTERVAL, DEFAULT_INTERVAL);
    }

    /**
     * A source that says a number, which times the tracker's weight is added to the priority, asked every second, with a timeout of a
     * second.
     *
     * @param tracker the name of the trackers that it feeds
     * @param supplier returns the number
     * @return the source
     * @throws IllegalArgumentException if the name is blank
     */
    public static TrackedSupplier number(String tracker, IntSupplier supplier) {
        Objects.requireNonNull(supplier, "supplier");
        return new TrackedSupplier(tracker, supplier::getAsInt, DEFAULT_INTERVAL, DEFAULT_INTERVAL);
    }

    /**
     * The same, asked that long after each answer.
     *
     * @param interval more than zero
     * @return the source
     * @throws IllegalArgumentException if it is not
     */
    public TrackedSupplier every(Duration interval) {
        return new TrackedSupplier(tracker, question, interval, timeout);
    }

    /**
     * The same, failed when an answer takes longer. What is found out up to 0.2 s late.
     *
     * @param timeout more than zero
     * @return the source
     * @throws IllegalArgumentException if it is not
     */
    public TrackedSupplier within(Duration timeout) {
        return new TrackedSupplier(tracker, question, interval, timeout);
    }

    /**
     * The name of the trackers that it feeds.
     *
     * @return the name
     */
    public String tracker() {
        return tracker;
    }

    long intervalNanos() {
        return interval.toNanos();
    }

    long timeoutNanos() {
        return timeout.toNanos();
    }

    /** Throws what the supplier throws. */
    Object ask() {
        return question.ask();
    }

    private static void requirePositive(String tracker, String what, @Nullable Duration value) {
        if (value == null || value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "The " + what + " of supplier " + tracker + " must be more than zero.");
        }
    }
}
