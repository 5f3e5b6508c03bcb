package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The routers that the VRRP thread drives until they change, their sockets, and who takes which packet. */
final class Lineup implements AutoCloseable {
    private static final int VRIDS = 256;
    private static final int NOT_WATCHED = -1;

    /**
     * A virtual router of somebody else is looked at this often, for addresses that are ours: in all packets of all strangers, by up
     * to 254 routers, it would take a visible part of a CPU.
     */
    private static final long STRANGER_SPACING_NANOS = 100_000_000L;

    private final RouterDriver[] drivers;
    private final VrrpPort[] ports;
    private final RouterDriver[][] byPort;
    private final RouterDriver[][] byPortAndVrid;

    /** Whether unicast to the VRID is for a router with another socket, though a multicast one hears it too. */
    private final boolean[][] unicastElsewhere;

    private final long[][] nextLookNanos;
    private final int watch;
    private final boolean signed;
    private final PollSet poll;

    /**
     * @param wakeupFd readable when there are commands
     * @param alarmFd readable when the time of something has come
     * @param monitorFd readable when the host changes, or {@link NetworkSession#NO_MONITOR}
     */
    Lineup(Libc libc, List<RouterDriver> routers, int wakeupFd, int alarmFd, int monitorFd) {
        drivers = routers.toArray(RouterDriver[]::new);
        List<VrrpPort> distinct = new ArrayList<>();
        for (RouterDriver driver : drivers) {
            if (!distinct.contains(driver.port().hearing())) {
                distinct.add(driver.port().hearing());
            }
        }
        ports = distinct.toArray(VrrpPort[]::new);
        byPort = new RouterDriver[ports.length][];
        byPortAndVrid = new RouterDriver[ports.length][VRIDS];
        unicastElsewhere = new boolean[ports.length][VRIDS];
        nextLookNanos = new long[ports.length][VRIDS];
        for (int i = 0; i < ports.length; i++) {
            VrrpPort port = ports[i];
            byPort[i] =
                    routers.stream()
                            .filter(driver -> driver.port().hearing() == port)
                            .toArray(RouterDriver[]::new);
            for (RouterDriver driver : byPort[i]) {
                VirtualRouterConfig config = driver.router().config();
                byPortAndVrid[i][config.virtualRouterId()] = driver;
                unicastElsewhere[i][config.virtualRouterId()] =
                        routers.stream().anyMatch(other -> isUnicastTwin(other, config));
            }
        }
        signed = routers.stream().anyMatch(RouterDriver::isSigned);
        IntStream fds =
                IntStream.concat(
                        Arrays.stream(ports).mapToInt(VrrpPort::fd),
                        IntStream.of(wakeupFd, alarmFd));
        if (monitorFd == NetworkSession.NO_MONITOR) {
            watch = NOT_WATCHED;
        } else {
            watch = ports.length + 2;
            fds = IntStream.concat(fds, IntStream.of(monitorFd));
        }
        poll = new PollSet(libc, fds.toArray());
    }

    private static boolean isUnicastTwin(RouterDriver driver, VirtualRouterConfig multicast) {
        VirtualRouterConfig config = driver.router().config();
        return !multicast.destinations().isUnicast()
                && config.destinations().isUnicast()
                && config.virtualRouterId() == multicast.virtualRouterId()
                && config.isIpv4() == multicast.isIpv4()
                && config.interfaceName().equals(multicast.interfaceName());
    }

    /** Waits until something can be read. */
    void await() {
        poll.await();
    }

    /** True if the last wait saw commands. */
    boolean hasCommands() {
        return poll.isReady(ports.length);
    }

    /** True if the last wait saw that the host changed. */
    boolean hasChanges() {
        return watch != NOT_WATCHED && poll.isReady(watch);
    }

    /** Whether a router looks at the wall clock. */
    boolean isSigned() {
        return signed;
    }

    /** Has the sockets practise reading. */
    void rehearse(ReceivedPacket packet) {
        for (VrrpPort port : ports) {
            port.rehearse(packet);
        }
    }

    /** Reads every socket until it is empty, or until what comes is newer than the round. */
    void drain(ReceivedPacket packet, long roundNanos) {
        for (int i = 0; i < ports.length; i++) {
            if (poll.isReady(i)) {
                drain(i, packet, roundNanos);
            }
        }
    }

    private void drain(int index, ReceivedPacket packet, long roundNanos) {
        VrrpPort port = ports[index];
        int vrid = port.receive(packet);
        while (vrid != VrrpPort.EMPTY) {
            RouterDriver driver = byPortAndVrid[index][vrid];
            if (driver != null && (packet.isToMulticast() || !unicastElsewhere[index][vrid])) {
                driver.handlePacket(packet, System.nanoTime());
            } else if (driver == null && vrid != VrrpPort.IGNORED) {
                look(index, vrid, packet);
            }
            if (packet.arrivalNanos() > roundNanos) {
                return;
            }
            vrid = port.receive(packet);
        }
    }

    /** Has all routers of the socket look at a packet of a virtual router that is none of them. */
    private void look(int index, int vrid, ReceivedPacket packet) {
        long now = System.nanoTime();
        if (now < nextLookNanos[index][vrid]) {
            return;
        }
        nextLookNanos[index][vrid] = now + STRANGER_SPACING_NANOS;
        for (RouterDriver driver : byPort[index]) {
            driver.handlePacket(packet, now);
        }
    }

    void takePortStates(long now) {
        for (RouterDriver driver : drivers) {
            driver.takePortState(now);
        }
    }

    void takeLostAddresses(HostView view, long now) {
        for (RouterDriver driver : drivers) {
            driver.takeLostAddresses(view, now);
        }
    }

    void takeWallClock(long wallMinusMonotonicNanos) {
        for (RouterDriver driver : drivers) {
            driver.takeWallClock(wallMinusMonotonicNanos);
        }
    }

    void handleSuspension(long suspendedNanos, long now) {
        for (RouterDriver driver : drivers) {
            driver.handleSuspension(suspendedNanos, now);
        }
    }

    /**
     * Runs the timers that were due when the round began, as of then: what had arrived by that time has been read. A pause since
     * then may have made others due, but also may have left advertisements in the sockets; both are for the next round.
     */
    void runTimers(long dueNanos) {
        for (RouterDriver driver : drivers) {
            if (dueNanos >= driver.nextDeadlineNanos()) {
                driver.handleDeadline(dueNanos);
            }
        }
    }

    void fillHeartbeats(long now) {
        for (RouterDriver driver : drivers) {
            driver.fillHeartbeat(now);
        }
    }

    long nextDeadlineNanos() {
        long next = VirtualRouter.NO_DEADLINE;
        for (RouterDriver driver : drivers) {
            next = Math.min(next, driver.nextDeadlineNanos());
        }
        return next;
    }

    boolean isStopped() {
        for (RouterDriver driver : drivers) {
            if (!driver.isStopped()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        poll.close();
    }
}
