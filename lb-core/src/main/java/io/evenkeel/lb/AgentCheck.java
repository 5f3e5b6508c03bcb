package io.evenkeel.lb;

import java.util.random.RandomGenerator;

/**
 * Asks the agent of one server: when the next time is, and what follows from an answer. It opens no connection and asks no clock. Not
 * thread-safe: one thread feeds it.
 *
 * <p>As in HAProxy, one word of the agent decides (rise 1, fall 1), and only a word does: an agent that cannot be reached or says
 * nothing changes nothing, so what it said before holds.
 */
public final class AgentCheck {
    private final AgentConfig config;
    private final RandomGenerator random;
    private long nextCheckNanos;

    /**
     * An agent that was not asked yet.
     *
     * @param random varies the intervals when {@link AgentConfig#spreadPercent()} is above 0
     */
    public AgentCheck(AgentConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
    }

    /**
     * Sets the first time, so that {@code count} agents are not asked all at once.
     *
     * @return {@link #nextCheckNanos()}
     */
    public long start(long startNanos, int position, int count) {
        nextCheckNanos = startNanos + config.interNanos() / count * position;
        return nextCheckNanos;
    }

    /**
     * Takes the answer and puts it into effect.
     *
     * @param line what the agent said up to the end of its line
     * @param nowNanos monotonic time; the next question is counted from here
     * @return the answer
     */
    public AgentReply onLine(String line, Backend backend, Server server, long nowNanos) {
        nextCheckNanos =
                nowNanos + Intervals.varied(config.interNanos(), config.spreadPercent(), random);
        AgentReply reply = AgentReply.parse(line);
        reply.applyTo(backend, server, nowNanos);
        return reply;
    }

    /** The agent could not be reached or said nothing: what it said before holds. */
    public void onSilence(long nowNanos) {
        nextCheckNanos =
                nowNanos + Intervals.varied(config.interNanos(), config.spreadPercent(), random);
    }

    /** When the agent is to be asked next. */
    public long nextCheckNanos() {
        return nextCheckNanos;
    }

    /** The configuration it works by. */
    public AgentConfig config() {
        return config;
    }
}
