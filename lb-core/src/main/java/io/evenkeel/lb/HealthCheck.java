package io.evenkeel.lb;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The rise and fall of one server: results go in, state changes and the time of the next check come
 * out. It makes no check and asks no clock. Not thread-safe: one thread feeds it.
 *
 * <p>The machine is HAProxy's: one integer, {@link #health()}, from 0 to {@code rise + fall - 1};
 * below {@code rise} the server is down. A failure takes one off, and any failure on the way up
 * starts over at 0. A pass adds one; reaching {@code rise}, or passing at all while up, gives full
 * credit. In addition, unless {@link CheckConfig#initialState()} says otherwise, the server is {@link
 * HealthState#UNKNOWN} until its first result, which decides at once: a pass gives full credit, a
 * failure takes it down.
 *
 * <p>A {@linkplain CheckResult#passedConditionally() conditional pass} counts as a pass, and the server is {@link
 * HealthState#STOPPING} until it passes as usual or is down; one that is down stays so.
 */
public final class HealthCheck {
    private final CheckConfig config;
    private final RandomGenerator random;
    private HealthState state;
    private int health;
    private int slowness = 1;
    private long nextCheckNanos;

    /**
     * A check that has seen no result.
     *
     * @param random varies the intervals when {@link CheckConfig#spreadPercent()} is above 0
     */
    public HealthCheck(CheckConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
        state = config.initialState().state();
        health = config.initialState().health(config);
    }

    /**
     * The same check by another configuration: it goes on with the state, and with as many failures against it as it has.
     *
     * @param nowNanos the next check comes no later than an interval from here
     */
    public HealthCheck reconfigured(CheckConfig next, long nowNanos) {
        HealthCheck same = new HealthCheck(next, random);
        same.state = state;
        same.slowness = slowness;
        if (isRunning()) {
            same.health = Math.max(next.rise(), same.fullHealth() - (fullHealth() - health));
        } else if (state == HealthState.DOWN) {
            same.health = Math.min(health, next.rise() - 1);
        }
        same.nextCheckNanos = Math.min(nextCheckNanos, nowNanos + varied(same.intervalNanos()));
        return same;
    }

    /**
     * Sets the time of the first check such that {@code count} servers which start together are
     * checked evenly over their interval and not all at once.
     *
     * @param startNanos when checking starts
     * @param position of this server among them, from 0
     * @param count of the servers that are checked, over all backends
     * @return {@link #nextCheckNanos()}
     */
    public long start(long startNanos, int position, int count) {
        if (position < 0 || position >= count) {
            throw new IllegalArgumentException(
                    "Position " + position + " is not among " + count + " checks");
        }
        // Below 2^51 ns times below 2^31 overflows; the division first loses less than 1 ns a step.
        nextCheckNanos = startNanos + config.interNanos() / count * position;
        return nextCheckNanos;
    }

    /**
     * Makes checks of a server that is wholly up or down rarer, for a node that is not in charge now. A change is confirmed as fast as
     * ever.
     *
     * @param factor how many times as long the intervals are: 1 for those of the configuration, at most 1000
     * @param nowNanos the next check comes no later than such an interval from here
     */
    public void slowDown(int factor, long nowNanos) {
        if (factor < 1 || factor > 1000) {
            throw new IllegalArgumentException(
                    "Checks can be 1 to 1000 times as slow, not " + factor);
        }
        slowness = factor;
        nextCheckNanos = Math.min(nextCheckNanos, nowNanos + varied(intervalNanos()));
    }

    /**
     * Takes the result of a check.
     *
     * @param nowNanos when the check ended; the next one is counted from here
     * @return the change it makes, or null if the state stays
     */
    public @Nullable HealthTransition onResult(CheckResult result, long nowNanos) {
        HealthState before = state;
        if (result.passed()) {
            pass(HealthState.UP);
        } else if (result.passedConditionally() && state != HealthState.DOWN) {
            pass(HealthState.STOPPING);
        } else if (result.passedConditionally()) {
            fail();
        } else if (result.failed()) {
            fail();
        }
        nextCheckNanos = nowNanos + varied(intervalNanos());
        return state == before ? null : new HealthTransition(before, state, result.toString());
    }

    /**
     * Forgets what is known, because the server is out of use; to be called instead of a check that is due.
     *
     * @param nowNanos the next check is counted from here
     * @return the change to what {@link CheckConfig#initialState()} says, or null if that is the state
     */
    public @Nullable HealthTransition suspend(long nowNanos) {
        nextCheckNanos = nowNanos + varied(config.interNanos());
        return forget("maintenance");
    }

    /**
     * Forgets what is known, because the server is at another address, and has it checked at once.
     *
     * @param cause why, for people
     * @return the change to what {@link CheckConfig#initialState()} says, or null if that is the state
     */
    public @Nullable HealthTransition restart(String cause, long nowNanos) {
        nextCheckNanos = nowNanos;
        return forget(cause);
    }

    private @Nullable HealthTransition forget(String cause) {
        HealthState before = state;
        state = config.initialState().state();
        health = config.initialState().health(config);
        return state == before ? null : new HealthTransition(before, state, cause);
    }

    /**
     * So many connections in a row have failed as {@link CheckConfig#observation()} says.
     *
     * @return the change it makes, or null if the state stays
     */
    public @Nullable HealthTransition onErrors(long nowNanos) {
        Observation observation = config.observation();
        if (observation == null || !isRunning()) {
            return null;
        }
        HealthState before = state;
        switch (observation.action()) {
            case FASTINTER -> {}
            case FAIL_CHECK -> fail();
            case SUDDEN_DEATH -> {
                health = Math.min(health, config.rise() + 1);
                fail();
            }
            case MARK_DOWN -> {
                health = config.rise();
                fail();
            }
        }
        long interval = health == 0 ? config.downInterNanos() : config.fastInterNanos();
        nextCheckNanos = Math.min(nextCheckNanos, nowNanos + varied(interval));
        return state == before
                ? null
                : new HealthTransition(
                        before, state, observation.errorLimit() + " connections in a row failed");
    }

    private void pass(HealthState as) {
        if (state == HealthState.UNKNOWN) {
            health = fullHealth();
        } else if (health < fullHealth()) {
            health++;
            if (health >= config.rise()) {
                health = fullHealth();
            }
        }
        if (health >= config.rise()) {
            state = as;
        }
    }

    private void fail() {
        if (health > 0) {
            health--;
            if (health < config.rise()) {
                health = 0;
            }
        }
        if (health == 0) {
            state = HealthState.DOWN;
        }
    }

    private boolean isRunning() {
        return state == HealthState.UP || state == HealthState.STOPPING;
    }

    private int fullHealth() {
        return config.rise() + config.fall() - 1;
    }

    private long intervalNanos() {
        if (state == HealthState.UNKNOWN) {
            return config.interNanos();
        }
        if (health == fullHealth()) {
            return config.interNanos() * slowness;
        }
        return health == 0 ? config.downInterNanos() * slowness : config.fastInterNanos();
    }

    private long varied(long intervalNanos) {
        return Intervals.varied(intervalNanos, config.spreadPercent(), random);
    }

    /** When the next check is due. */
    public long nextCheckNanos() {
        return nextCheckNanos;
    }

    /** What the results so far say: unknown, up or down. */
    public HealthState state() {
        return state;
    }

    /** HAProxy's integer: 0 to {@code rise + fall - 1}; the server is up from {@code rise} on. */
    public int health() {
        return health;
    }

    /** The configuration it works by. */
    public CheckConfig config() {
        return config;
    }
}
