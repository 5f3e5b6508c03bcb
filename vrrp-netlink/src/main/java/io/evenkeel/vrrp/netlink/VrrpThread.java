package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.VirtualRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that drives all routers of a service. Each round it waits for a socket or the next deadline, then reads every
 * socket until it is empty, then looks at the timers: an advertisement that waits in a socket after a pause counts before the timer
 * that the pause made late. In the steady state a round allocates nothing and writes no log.
 */
final class VrrpThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(VrrpThread.class);
    private static final int VRIDS = 256;

    /** A planned release may take this long; then the addresses are removed all the same. */
    private static final long STOP_BOUND_NANOS = 1_000_000_000L;

    /** Something for the VRRP thread to do. */
    interface Command {
        void run(long nowNanos);
    }

    private final NetworkSession session;
    private final List<RouterDriver> drivers;
    private final Executor background;
    private final Wakeup wakeup;
    private final VrrpPort[] ports;
    private final RouterDriver[][] driversByPortAndVrid;
    private final PollSet poll;
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final ReceivedPacket packet = new ReceivedPacket();
    private final StallTracker stalls = new StallTracker();
    private long stopBoundNanos = VirtualRouter.NO_DEADLINE;

    /**
     * @param background runs what must not hold up this thread, such as the log
     */
    VrrpThread(Libc libc, NetworkSession session, List<RouterDriver> drivers, Executor background) {
        this.session = session;
        this.drivers = drivers;
        this.background = background;
        List<VrrpPort> distinct = new ArrayList<>();
        for (RouterDriver driver : drivers) {
            if (!distinct.contains(driver.port())) {
                distinct.add(driver.port());
            }
        }
        ports = distinct.toArray(VrrpPort[]::new);
        driversByPortAndVrid = new RouterDriver[ports.length][VRIDS];
        for (RouterDriver driver : drivers) {
            int vrid = driver.router().config().virtualRouterId();
            driversByPortAndVrid[distinct.indexOf(driver.port())][vrid] = driver;
        }
        wakeup = new Wakeup(libc);
        poll = new PollSet(libc, descriptors());
    }

    /** Has the command run on this thread soon, from any thread. */
    void submit(Command command) {
        commands.add(command);
        wakeup.wake();
    }

    /** Has the routers release their addresses and this thread end. */
    void stop() {
        submit(
                now -> {
                    if (stopBoundNanos == VirtualRouter.NO_DEADLINE) {
                        stopBoundNanos = now + STOP_BOUND_NANOS;
                        for (RouterDriver driver : drivers) {
                            driver.shutdown(now);
                        }
                    }
                });
    }

    /** Read on this thread, or after it has ended. */
    StallTracker stalls() {
        return stalls;
    }

    /** Gives back what was opened for a thread that was never started. */
    void discard() {
        wakeup.close();
        poll.close();
        session.close();
    }

    @Override
    public void run() {
        try {
            Rehearsal.play(drivers.get(0).router().config());
            session.drainMonitor();
            runCommands();
            if (stopBoundNanos == VirtualRouter.NO_DEADLINE) {
                for (RouterDriver driver : drivers) {
                    driver.start(System.nanoTime());
                }
            }
            while (!isStopped()) {
                runRound();
            }
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "The VRRP thread failed and ends; its routers release their addresses. Please report this as a bug.",
                    e);
        } finally {
            for (RouterDriver driver : drivers) {
                driver.removeAddresses();
            }
            discard();
        }
    }

    private void runRound() {
        long deadline = nextDeadlineNanos();
        long before = System.nanoTime();
        poll.await(deadline == VirtualRouter.NO_DEADLINE ? Long.MAX_VALUE : deadline - before);
        long woken = System.nanoTime();
        if (woken > deadline) {
            noteDelay(woken - deadline);
        }
        for (int i = 0; i < ports.length; i++) {
            if (poll.isReady(i)) {
                drain(ports[i], driversByPortAndVrid[i], woken);
            }
        }
        if (poll.isReady(ports.length)) {
            wakeup.clear();
            runCommands();
        }
        if (session.monitorFd() != NetworkSession.NO_MONITOR && poll.isReady(ports.length + 1)) {
            session.drainMonitor();
            takePortStates();
        }
        runTimers(woken);
    }

    /** Reads until the socket is empty, or until what comes is newer than this round. */
    private void drain(VrrpPort port, RouterDriver[] byVrid, long roundNanos) {
        int vrid = port.receive(packet);
        while (vrid != VrrpPort.EMPTY) {
            RouterDriver driver = byVrid[vrid];
            if (driver != null) {
                driver.handlePacket(packet, System.nanoTime());
            }
            if (packet.arrivalNanos() > roundNanos) {
                return;
            }
            vrid = port.receive(packet);
        }
    }

    private void takePortStates() {
        long now = System.nanoTime();
        for (int i = 0; i < drivers.size(); i++) {
            drivers.get(i).takePortState(now);
        }
    }

    private void runCommands() {
        Command command = commands.poll();
        while (command != null) {
            command.run(System.nanoTime());
            command = commands.poll();
        }
    }

    /**
     * Runs the timers that were due when this round began, as of then: what had arrived by that time has been read. A pause since then
     * may have made others due, but also may have left advertisements in the sockets; both are for the next round.
     */
    private void runTimers(long roundNanos) {
        for (int i = 0; i < drivers.size(); i++) {
            RouterDriver driver = drivers.get(i);
            if (roundNanos >= driver.nextDeadlineNanos()) {
                driver.handleDeadline(roundNanos);
            }
        }
    }

    private long nextDeadlineNanos() {
        long next = stopBoundNanos;
        for (int i = 0; i < drivers.size(); i++) {
            next = Math.min(next, drivers.get(i).nextDeadlineNanos());
        }
        return next;
    }

    private boolean isStopped() {
        if (stopBoundNanos == VirtualRouter.NO_DEADLINE) {
            return false;
        }
        for (int i = 0; i < drivers.size(); i++) {
            if (!drivers.get(i).isStopped()) {
                return System.nanoTime() >= stopBoundNanos;
            }
        }
        return true;
    }

    private void noteDelay(long nanos) {
        if (stalls.record(nanos)) {
            background.execute(
                    () ->
                            LOG.warn(
                                    "The VRRP thread woke {} ms late. Look for pauses of the garbage collector, of the CPU or of the machine; a peer takes over when they reach its Active_Down_Interval.",
                                    nanos / 1_000_000));
        }
    }

    private int[] descriptors() {
        boolean watched = session.monitorFd() != NetworkSession.NO_MONITOR;
        int[] fds = new int[ports.length + (watched ? 2 : 1)];
        for (int i = 0; i < ports.length; i++) {
            fds[i] = ports[i].fd();
        }
        fds[ports.length] = wakeup.fd();
        if (watched) {
            fds[ports.length + 1] = session.monitorFd();
        }
        return fds;
    }
}
