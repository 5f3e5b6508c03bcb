package io.evenkeel.benchmarks.sidebyside;

import java.util.Map;

/** As many requests as possible, one after the other on each connection. */
record KeptAlive(Row row, int connections, int seconds) implements Measurement {
    private static final double MILLION = 1e6;

    @Override
    public String key() {
        return row.key();
    }

    @Override
    public Map<Row, Double> measure(Proxy proxy) {
        double before = proxy.cpuSeconds();
        Wrk wrk = Wrk.run(proxy.frontends().url("/"), connections, seconds);
        double used = proxy.cpuSeconds() - before;
        if (used <= 0) {
            throw new SideBySideException(proxy.name() + " did nothing for these requests.");
        }
        return row == Row.KEPT_ALIVE_64
                ? Map.of(row, wrk.perSecond(), Row.CPU_REQUESTS, used * MILLION / wrk.requests())
                : Map.of(row, wrk.perSecond());
    }
}
