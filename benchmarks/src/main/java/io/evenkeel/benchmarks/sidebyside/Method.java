package io.evenkeel.benchmarks.sidebyside;

/** How the rows are measured, for those who read the figures. */
final class Method {
    static final String TEXT =
            """
            All contestants run at the same time on loopback, each at an address of its own, before the same two nginx web servers; one after the
            other is driven, in each row anew, and each round begins with another one. A round that does not count comes first. HAProxy has
            `nbthread 2`, nginx two workers with `reuseport`, Evenkeel two event loops by the same `haproxy.cfg`; none of them logs, and
            HAProxy and Evenkeel check their servers. What listens must be a process of the contestant, which must have used CPU time, and a
            request that fails in any way leaves the row without a figure.

            - **Requests, connections**: `wrk -t1` for a body of 5 bytes, with one connection for each request (64 at once) in the row of new
              connections. The CPU seconds per million requests are the user and system time of the contestant's processes in the row with 64
              connections.
            - **1 GiB**: down with `curl` from a file in the page cache; up to a sink that discards it, until the sink confirms the last byte. One
              connection.
            - **Latencies**: requests are due at a fixed rate, half of what the reference answered in the first round with 64 connections, whether or
              not earlier ones are answered, and their time counts from when they were due, so that nothing is left out while a proxy stalls (no
              coordinated omission). The client is one thread that sleeps in epoll between them; `direct` is what client, kernel and web servers
              take by themselves.
            - **Beside two downloads**: the same with 2,000 requests a second on 16 connections, while two clients download the file of 1 GiB again
              and again, each on one connection.
            - **Idle sessions**: a process that was started for it answers requests for some seconds, on kept connections and on new ones, all of
              which are closed; then 5,000 sessions have a request answered each and stay open. Counted is by how much the anonymous memory of its processes that is resident has grown
              (`Pss_Anon` and `Pss_Shmem` in `smaps_rollup`, with what is swapped out); both looks are when it uses no more CPU, and a JVM collects its heap before. What is in
              use is the same with the bytes of a JVM's living objects in the place of its heap's pages, of which it keeps a reserve. What the
              kernel holds for the sockets is alike for all and in neither.
            - **Start**: from the start of the command to the answer to the first request, which is tried twice a millisecond.
            """;

    private Method() {}
}
