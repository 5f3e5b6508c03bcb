package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One virtual router as a state machine (RFC 9568, section 6.4; RFC 3768 for version 2).
 *
 * <p>It has no socket, thread or clock. The driver calls a {@code handle} method with each input and
 * the time, and does the actions that come back, in their order. The package documentation shows the
 * loop.
 *
 * <p>All times are nanoseconds of one monotonic clock and never negative. A router belongs to one
 * thread. In the steady state, which is advertisements sent or received with nothing new in them, it
 * allocates nothing.
 *
 * <p>It knows that its driver may come late. A Backup counts from the arrival of an advertisement, so
 * one that waited in the socket is worth what it was worth when it came; if it slept over its own
 * deadline by more than an interval, it listens for one interval and skew more before it takes over.
 * An Active that was silent for so long that a peer may have taken over asserts itself again, with an
 * advertisement and announcements, when preemption is on, and gives up the addresses when it is off.
 */
public final class VirtualRouter {

    /** "No timer runs": later than any time. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** How long {@link #handover} keeps this router from preempting: one minute. */
    public static final long HANDOVER_HOLD_BACK_NANOS = 60_000_000_000L;

    private final VirtualRouterConfig config;
    private final AdvertisementCodec codec;
    private final RouterMachine machine;

    /** A router that is not started. */
    public VirtualRouter(VirtualRouterConfig config) {
        this.config = config;
        this.codec = new AdvertisementCodec(config);
        this.machine = new RouterMachine(config, codec);
    }

    public VirtualRouterConfig config() {
        return config;
    }

    /**
     * Tells the address that advertisements are sent from: the primary address of the interface. It
     * breaks ties between equal priorities and is part of the checksum. To be told before the start
     * and whenever it changes.
     *
     * @throws IllegalArgumentException if it is not of the family of the virtual addresses
     */
    public void setLocalAddress(IpAddress primary) {
        if (!primary.isIpv4()) {
            throw new IllegalArgumentException(
                    "Virtual router "
                            + config.name()
                            + " holds IPv4 addresses and cannot send from "
                            + primary
                            + ".");
        }
        machine.setLocalAddress(primary);
    }

    /**
     * Starts: Backup, or Active at once if this router owns the addresses (priority 255), after the
     * start delay if there is one. With the interface down or a fatal tracker not up it is Fault.
     *
     * @throws IllegalStateException if it is started already or the local address is not known
     */
    public void startup(long nowNanos, ActionSink sink) {
        if (!isStopped()) {
            throw new IllegalStateException(
                    "Virtual router "
                            + config.name()
                            + " is running; it can be started again when it is stopped.");
        }
        machine.localAddress();
        if (config.startDelayNanos() > 0) {
            long until = nowNanos + config.startDelayNanos();
            machine.enter(new StartDelayState(machine, until), "started.", sink);
        } else {
            machine.begin("started", nowNanos, sink);
        }
    }

    /**
     * Stops. An Active releases the addresses first. With version 3 and fast handover that takes until
     * another router is heard, at most 100 ms, during which the router wants to be driven on: the stop
     * is done when {@link #isStopped()}. Otherwise it is done at once. Calling it again does nothing.
     */
    public void shutdown(long nowNanos, ActionSink sink) {
        machine.state().onShutdown(nowNanos, sink);
    }

    /**
     * Gives the addresses to another router and stays as Backup. Does nothing unless Active.
     *
     * <p>For {@link #HANDOVER_HOLD_BACK_NANOS}, or two Active_Down_Intervals if that is longer, this
     * router then behaves as with {@link Preemption#NEVER}: it follows an Active of lower priority and
     * takes over only when there is none, because it fell silent or released the addresses. After that
     * its own preemption applies again, so with preemption on it takes the addresses back about one
     * Active_Down_Interval later. If nobody takes the addresses, this router does, one
     * Active_Down_Interval after it released them.
     */
    public void handover(long nowNanos, ActionSink sink) {
        machine.state().onHandover(nowNanos, sink);
    }

    /**
     * Handles a packet of protocol 112 that arrived on this router's interface. Packets of other
     * virtual routers may be given, they are counted and left. All packets that have arrived are to be
     * handled before any deadline is, so that nobody takes over while an advertisement waits.
     *
     * @return why the packet was dropped; null if it was taken, or if this router does not listen
     *     because it is not started or faulty
     */
    public @Nullable PacketRejection handlePacket(
            ReceivedPacket packet, long nowNanos, ActionSink sink) {
        return machine.handlePacket(packet, nowNanos, sink);
    }

    /** Handles the timers that are due; to be called when {@link #nextDeadlineNanos()} is reached. */
    public void handleDeadline(long nowNanos, ActionSink sink) {
        RouterState state = machine.state();
        if (state.deadlineNanos() <= nowNanos) {
            state.onDeadline(nowNanos, sink);
        }
    }

    /**
     * Tells that the interface can or cannot carry packets. It counts as up until told otherwise, also
     * before the start.
     */
    public void handleInterface(boolean up, long nowNanos, ActionSink sink) {
        machine.handleInterface(up, nowNanos, sink);
    }

    /**
     * Tells what a tracker found. One that is not in the configuration is ignored. Reports before the
     * start are remembered.
     */
    public void handleTracker(String name, boolean up, long nowNanos, ActionSink sink) {
        machine.handleTracker(name, up, nowNanos, sink);
    }

    /** When {@link #handleDeadline} is to be called next, or {@link #NO_DEADLINE}. */
    public long nextDeadlineNanos() {
        return machine.state().deadlineNanos();
    }

    /** What this router does. While it releases its addresses it still is Active. */
    public VrrpState state() {
        return machine.state().kind();
    }

    /** The priority with the trackers' weights: 1..254, or 255 for the owner. */
    public int effectivePriority() {
        return machine.priority();
    }

    /** Whether it was never started, or is stopped and has nothing left to do. */
    public boolean isStopped() {
        return machine.state() instanceof InitializeState;
    }

    /** The live counters. */
    public RouterCounters counters() {
        return machine.counters;
    }

    /**
     * Writes the message for an advertisement, without IP header, at the buffer's position and moves
     * the position behind it. It is to be sent from the local address to {@link
     * AdvertisementCodec#IPV4_GROUP} with TTL 255.
     *
     * @return the bytes written
     * @throws java.nio.BufferOverflowException if there is not enough room
     */
    public int encode(Action.SendAdvertisement action, ByteBuffer out) {
        return codec.encode(
                action.priority(),
                action.maxAdvertiseIntervalCentis(),
                machine.localAddress(),
                out);
    }
}
