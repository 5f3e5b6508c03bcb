package io.evenkeel.lb;

/**
 * When the system asks a silent peer whether it is still there, and gives a connection up (TCP keep-alive, RFC 9293 section 3.8.4). What
 * is not said is as the system has it ({@code net.ipv4.tcp_keepalive_*}: two hours, 75 s, 9 probes).
 *
 * @param idleSeconds how long it is silent before the first probe; 0: the system's
 * @param intervalSeconds between probes; 0: the system's
 * @param probes how many without an answer end the connection; 0: the system's
 */
public record KeepAlive(int idleSeconds, int intervalSeconds, int probes) {
    /** On, with the times of the system. */
    public static final KeepAlive SYSTEM = new KeepAlive(0, 0, 0);

    private static final int LONGEST_SECONDS = 32_767;
    private static final int MOST_PROBES = 127;

    /**
     * Checks all three; Linux takes up to 32767 s and 127 probes.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public KeepAlive {
        Problems problems = new Problems("keepAlive");
        problems.range("idleSeconds", idleSeconds, 0, LONGEST_SECONDS);
        problems.range("intervalSeconds", intervalSeconds, 0, LONGEST_SECONDS);
        problems.range("probes", probes, 0, MOST_PROBES);
        problems.throwIfAny();
    }
}
