package io.evenkeel.benchmarks.sidebyside;

/**
 * A contestant that runs.
 *
 * @param secondsToFirstRequest from the start of the process to the answer to the first request
 */
record Proxy(Contestant contestant, Frontends frontends, Child child, double secondsToFirstRequest)
        implements AutoCloseable {
    String name() {
        return contestant.name();
    }

    double cpuSeconds() {
        return ProcessCosts.cpuSeconds(child.pids());
    }

    @Override
    public void close() {
        child.close();
    }
}
