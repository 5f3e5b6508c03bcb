package io.evenkeel.vrrp.netlink;

/**
 * How well the service could follow the changes of the host's interfaces and addresses since it was started.
 *
 * @param overruns how often the kernel had more news than the service had taken in time and dropped some (ENOBUFS); each time
 *     everything was read anew
 * @param failures how often the interfaces and addresses could not be read, or not be followed; each time it was tried again soon
 */
public record MonitorStatistics(long overruns, long failures) {
    static final MonitorStatistics NONE = new MonitorStatistics(0, 0);
}
