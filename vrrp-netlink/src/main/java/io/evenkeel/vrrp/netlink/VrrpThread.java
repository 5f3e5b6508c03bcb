package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.VirtualRouter;
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

    /** A planned release may take this long; then the addresses are removed all the same. */
    private static final long STOP_BOUND_NANOS = 1_000_000_000L;

    /** How often the wall clock is looked at while a router signs. */
    private static final long WALL_CLOCK_NANOS = 1_000_000_000L;

    /** Something for the VRRP thread to do. */
    interface Command {
        void run(long nowNanos);
    }

    private final Libc libc;
    private final NetworkSession session;
    private final Roster roster;
    private final HostClocks clocks;
    private final Heartbeat heartbeat;
    private final Executor background;
    private final Wakeup wakeup;
    private final Alarm alarm;
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final ReceivedPacket packet = new ReceivedPacket();
    private final ThreadTuning tuning;
    private final StallTracker stalls = new StallTracker(StallRecorder.ofThisJvm());
    private Lineup lineup;
    private long wokenNanos = System.nanoTime();
    private long wallClockNanos;
    private long stopBoundNanos = VirtualRouter.NO_DEADLINE;

    /**
     * @param clocks closed with this thread
     * @param heartbeat closed with this thread
     * @param tuning applied to this thread before the routers start
     * @param background runs what must not hold up this thread, such as the log
     */
    VrrpThread(
            Libc libc,
            NetworkSession session,
            Roster roster,
            HostClocks clocks,
            Heartbeat heartbeat,
            ThreadTuning tuning,
            Executor background) {
        this.libc = libc;
        this.session = session;
        this.roster = roster;
        this.clocks = clocks;
        this.heartbeat = heartbeat;
        this.tuning = tuning;
        this.background = background;
        wakeup = new Wakeup(libc);
        try {
            alarm = new Alarm(libc);
        } catch (NativeCallException e) {
            wakeup.close();
            throw e;
        }
        lineup = newLineup();
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
                        roster.shutdown(now);
                    }
                });
    }

    /** Drives from now on whom the roster says; to be called on this thread when that changes. */
    void follow() {
        lineup.close();
        lineup = newLineup();
        lineup.takePortStates(System.nanoTime());
        // Who was started or changed was told it just now.
        wallClockNanos = System.nanoTime() + WALL_CLOCK_NANOS;
    }

    boolean isStopping() {
        return stopBoundNanos != VirtualRouter.NO_DEADLINE;
    }

    /** Read on this thread, or after it has ended. */
    HeartbeatStatus heartbeat() {
        return heartbeat.status();
    }

    /** Read on this thread, or after it has ended. */
    StallTracker stalls() {
        return stalls;
    }

    /** Gives back what was opened for a thread that was never started. */
    void discard() {
        wakeup.close();
        alarm.close();
        lineup.close();
        heartbeat.close();
        clocks.close();
        session.close();
    }

    @Override
    public void run() {
        try {
            Rehearsal.playAll(
                    roster.drivers().stream().map(d -> d.router().config()).toList(), heartbeat);
            lineup.rehearse(packet);
            stalls.warm();
            tuning.apply(background);
            session.drainMonitor();
            roster.takeInterfaces(System.nanoTime());
            runCommands();
            if (!isStopping()) {
                roster.start();
                wallClockNanos = System.nanoTime() + WALL_CLOCK_NANOS;
            }
            wokenNanos = System.nanoTime();
            while (!isStopped()) {
                runRound();
            }
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "The VRRP thread failed and ends; its routers release their addresses. Please report this as a bug.",
                    e);
        } finally {
            roster.leave();
            discard();
        }
    }

    private void runRound() {
        long deadline = nextDeadlineNanos();
        long before = System.nanoTime();
        alarm.set(deadline);
        lineup.await();
        long woken = System.nanoTime();
        if (woken > deadline) {
            noteDelay(woken - deadline, before - wokenNanos);
        }
        wokenNanos = woken;
        boolean hasCommands = lineup.hasCommands();
        boolean hasChanges = lineup.hasChanges() || woken >= session.nextLookNanos();
        lineup.drain(packet, woken);
        long suspended = clocks.takeSuspensionNanos();
        if (suspended > 0) {
            lineup.handleSuspension(suspended, System.nanoTime());
        }
        if (lineup.isSigned() && woken >= wallClockNanos) {
            wallClockNanos = woken + WALL_CLOCK_NANOS;
            lineup.takeWallClock(clocks.wallMinusMonotonicNanos());
        }
        if (hasCommands) {
            wakeup.clear();
            runCommands();
        }
        if (hasChanges) {
            HostView view = session.drainMonitor();
            // First what is no longer this router's, because its interface went down.
            lineup.takePortStates(System.nanoTime());
            roster.takeInterfaces(System.nanoTime());
            if (view != null) {
                lineup.takeLostAddresses(view, System.nanoTime());
            }
        }
        lineup.runTimers(woken);
        if (!isStopping() && roster.settle(woken)) {
            follow();
        }
        lineup.fillHeartbeats(System.nanoTime());
    }

    private void runCommands() {
        Command command = commands.poll();
        while (command != null) {
            command.run(System.nanoTime());
            command = commands.poll();
        }
    }

    private long nextDeadlineNanos() {
        long next = Math.min(stopBoundNanos, lineup.nextDeadlineNanos());
        if (lineup.isSigned()) {
            next = Math.min(next, wallClockNanos);
        }
        next = Math.min(next, session.nextLookNanos());
        return Math.min(next, roster.nextDeadlineNanos());
    }

    private boolean isStopped() {
        return isStopping() && (lineup.isStopped() || System.nanoTime() >= stopBoundNanos);
    }

    private Lineup newLineup() {
        return new Lineup(libc, roster.driven(), wakeup.fd(), alarm.fd(), session.monitorFd());
    }

    private void noteDelay(long nanos, long roundNanos) {
        if (stalls.record(nanos, roundNanos)) {
            background.execute(
                    () ->
                            LOG.warn(
                                    "The VRRP thread woke {} ms late. Look for pauses of the garbage collector, of the CPU or of the machine; a peer takes over when an Active is silent for its Active_Down_Interval{}.",
                                    nanos / 1_000_000,
                                    heartbeat.status().inKernel()
                                            ? ", which begins when what it has queued in the kernel is sent"
                                            : ""));
        }
    }
}
