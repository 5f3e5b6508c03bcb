package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/**
 * How much one client address may have of a frontend; what is more is reset before a backend is asked. Connections that a rule accepts
 * or rejects ({@link FrontendConfig#connectionRules}) are not counted.
 *
 * @param table the frontend or backend whose stick table counts; its keys are addresses
 * @param maxConnections at a time, or 0 for no limit
 * @param maxConnectionsPerPeriod that arrive, refused ones among them, or 0 for no limit; the table stores
 *     {@link StickDataType#CONN_RATE}, whose period it is. A client that goes on beyond it is refused until it asks less
 * @param maxSessionsPerPeriod that are let in, or 0 for no limit; the table stores {@link StickDataType#SESS_RATE}
 */
public record SourceLimitConfig(
        String table, int maxConnections, long maxConnectionsPerPeriod, long maxSessionsPerPeriod) {
    /**
     * Checks the numbers.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public SourceLimitConfig {
        Problems problems = new Problems("sourceLimit[" + table + "]");
        problems.atLeast("maxConnections", maxConnections, 0);
        if (maxConnectionsPerPeriod < 0 || maxSessionsPerPeriod < 0) {
            problems.add("perPeriod", "is negative; 0 is no limit");
        }
        problems.throwIfAny();
    }

    void check(Problems problems, String place, @Nullable StickTableConfig config) {
        if (config == null) {
            problems.add(place, "there is no stick table '" + table + "'; define it");
            return;
        }
        if (!StickKeySource.SOURCE.fits(config.keyType())) {
            problems.add(
                    place,
                    "the stick table '"
                            + table
                            + "' has keys of type "
                            + config.keyType()
                            + ", which no address is; use one of type ipv6 or ip");
        }
        requires(problems, place, config, maxConnectionsPerPeriod, StickDataType.CONN_RATE);
        requires(problems, place, config, maxSessionsPerPeriod, StickDataType.SESS_RATE);
    }

    private void requires(
            Problems problems,
            String place,
            StickTableConfig config,
            long limit,
            StickDataType type) {
        if (limit > 0 && !config.stores(type)) {
            problems.add(
                    place,
                    "the stick table '"
                            + table
                            + "' does not store "
                            + type
                            + ", which the limit goes by; store it with a period");
        }
    }
}
