package io.evenkeel.benchmarks.soak;

/**
 * The process under test at one time.
 *
 * @param seconds since the load began
 * @param heapBytes in use after a collection; NaN if none was made
 * @param residentBytes of the whole process, as the kernel counts it
 * @param directBytes of the JVM's direct buffers, which hold what sessions hold; NaN if it does not count them
 * @param nonHeapBytes of classes and compiled code
 * @param descriptors that are open
 * @param threads of Java, without those of the connection that asks for this
 * @param systemThreads of the process, with those of the JVM itself
 * @param live connections that clients have
 * @param done sessions that have ended
 * @param bytes of those, in both directions
 */
record Sample(
        double seconds,
        double heapBytes,
        double residentBytes,
        double directBytes,
        double nonHeapBytes,
        double descriptors,
        double threads,
        double systemThreads,
        double live,
        double done,
        double bytes) {}
