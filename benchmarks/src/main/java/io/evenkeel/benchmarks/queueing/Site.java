package io.evenkeel.benchmarks.queueing;

/**
 * What is simulated: servers with slots, each request in one of them for a time drawn from an exponential distribution; requests that
 * find all slots of their server taken wait for it.
 *
 * @param servers how many
 * @param slots of each
 * @param meanMillis a request's time on a server
 * @param slower how many times as long it takes on the first server
 * @param load the rate of requests, as a part of what all servers can do together
 */
record Site(int servers, int slots, double meanMillis, double slower, double load) {
    /** Requests for each nanosecond. */
    double rate() {
        double capacity = slots / (meanMillis * 1e6) * (servers - 1 + 1 / slower);
        return load * capacity;
    }

    double meanNanos(int server) {
        return meanMillis * 1e6 * (server == 0 ? slower : 1);
    }
}
