package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.util.Map;

/** From the start of the process, as a user starts it, to the answer to the first request, which is tried twice a millisecond. */
record StartTime(Arena arena) implements Measurement {
    @Override
    public String key() {
        return Row.START.key();
    }

    @Override
    public Map<Row, Double> measure(Proxy proxy) throws IOException {
        try (Proxy alone = arena.startAlone(proxy.contestant())) {
            return Map.of(Row.START, alone.secondsToFirstRequest());
        }
    }

    @Override
    public boolean warmsUp() {
        return false;
    }
}
