package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One virtual router as a state machine (RFC 9568, section 6.4; RFC 3768 for version 2).
 *
 * <p>It has no socket, thread or clock. The driver calls a {@code handle} method with each input and
 * the time, and does the actions that come to the sink, in their order. The package documentation shows
 * the loop.
 *
 * <p>All times are nanoseconds of one monotonic clock and never negative. A router belongs to one
 * thread, and so do all routers of its sync group. In the steady state, which is advertisements sent or
 * received with nothing new in them, it allocates nothing.
 *
 * <p>It knows that its driver may come late. A Backup counts from the arrival of an advertisement, so
 * one that waited in the socket is worth what it was worth when it came; if it slept over its own
 * deadline by more than an interval, it listens for one interval and skew more before it takes over.
 * An Active that was silent for so long that a peer may have taken over asserts itself again, with an
 * advertisement and announcements, or gives up the addresses, as {@link PauseReaction} says.
 */
public final class VirtualRouter {

    /** "No timer runs": later than any time. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** How long {@link #handover} keeps this router from preempting: one minute. */
    public static final long HANDOVER_HOLD_BACK_NANOS = 60_000_000_000L;

    private final RouterMachine machine;

    /**
     * A router that is not started.
     *
     * @param sink takes everything that the router wants done, during the call that causes it; for a
     *     member of a sync group that may be a call to another member
     */
    public VirtualRouter(VirtualRouterConfig config, ActionSink sink) {
        this.machine = new RouterMachine(config, sink);
    }

    RouterMachine machine() {
        return machine;
    }

    /** The configuration that is in force. */
    public VirtualRouterConfig config() {
        return machine.config();
    }

    /**
     * Tells the address that advertisements are sent from: the primary address of the interface, for
     * IPv6 the link-local one. It breaks ties between equal priorities and is part of the checksum. To
     * be told before the start and whenever it changes.
     *
     * @param usable false while nothing can be sent from it, such as an IPv6 address that is still
     *     tentative: a promotion then waits, and what would be sent is counted and not sent
     * @throws IllegalArgumentException if it is not of the family of the virtual addresses
     */
    public void handleLocalAddress(IpAddress primary, boolean usable, long nowNanos) {
        if (primary.isIpv4() != config().isIpv4()) {
            throw new IllegalArgumentException(
                    "Virtual router "
                            + config().name()
                            + " holds "
                            + (config().isIpv4() ? "IPv4" : "IPv6")
                            + " addresses and cannot send from "
                            + primary
                            + ".");
        }
        machine.handleLocalAddress(primary, usable, nowNanos);
    }

    /**
     * Tells that the interface no longer has an address to send from. The router owns nothing until
     * {@link #handleLocalAddress} tells another one.
     */
    public void handleLocalAddressLost(long nowNanos) {
        machine.handleLocalAddressLost(nowNanos);
    }

    /**
     * Tells the wall clock, which signed advertisements carry. To be told before the start and now and
     * then, since clocks are corrected; a step does no other harm. Without signatures nobody looks at it.
     *
     * @param wallMinusMonotonicNanos nanoseconds since 1970 when the monotonic clock is 0
     */
    public void handleWallClock(long wallMinusMonotonicNanos) {
        machine.wallClock().take(wallMinusMonotonicNanos);
    }

    /**
     * Starts: Backup, or Active at once if this router owns the addresses (priority 255), after the
     * start delay if there is one. With something that forbids to own the addresses it is Fault.
     *
     * @throws IllegalStateException if it is started already, or the local address is not known, or
     *     for signatures the wall clock
     */
    public void startup(long nowNanos) {
        if (!isStopped()) {
            throw new IllegalStateException(
                    "Virtual router "
                            + config().name()
                            + " is running; it can be started again when it is stopped.");
        }
        machine.startup(nowNanos);
    }

    /**
     * Stops. An Active releases the addresses first. With version 3 and fast handover that takes until
     * another router is heard, at most 100 ms, during which the router wants to be driven on: the stop
     * is done when {@link #isStopped()}. Otherwise it is done at once. Calling it again does nothing.
     */
    public void shutdown(long nowNanos) {
        machine.state().onShutdown(nowNanos);
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
    public void handover(long nowNanos) {
        machine.state().onHandover(nowNanos);
    }

    /**
     * Takes this router out of service, or back into it. In maintenance it owns nothing and is in {@link
     * VrrpState#FAULT}; an Active hands over first. It may be set before the start.
     */
    public void setMaintenance(boolean maintenance, long nowNanos) {
        machine.setMaintenance(maintenance, nowNanos);
    }

    public boolean isInMaintenance() {
        return machine.isInMaintenance();
    }

    /**
     * Gives this router another configured priority, until the next {@link #reconfigure}. Trackers are
     * added to it as before. An Active advertises it at once.
     *
     * @param priority 1..255
     * @throws InvalidConfigException if the priority is out of range, or it is 255 and preemption is
     *     not {@link Preemption#IMMEDIATE}
     */
    public void setPriority(int priority, long nowNanos) {
        reconfigure(config().toBuilder().priority(priority).build(), nowNanos);
    }

    /**
     * Gives this router another configuration, running or not. The actions are exactly the difference:
     * an Active stays Active, new addresses are added and announced, missing ones removed, and peers
     * are told at once what concerns them. A configuration that equals the current one gives no action.
     * The start delay counts at the next start.
     *
     * @throws IllegalArgumentException if it is not {@link VirtualRouterConfig#sameRouter the same
     *     router}; shut this one down then and start another
     */
    public void reconfigure(VirtualRouterConfig next, long nowNanos) {
        if (!config().sameRouter(next)) {
            throw new IllegalArgumentException(
                    "Virtual router "
                            + config()
                            + " cannot become "
                            + next
                            + ": name, VRID, interface, version, family and multicast group stay for a"
                            + " router's life. Shut it down and start another one.");
        }
        if (!config().equals(next)) {
            machine.reconfigure(next, nowNanos);
        }
    }

    /**
     * Handles a packet of protocol 112 that arrived on this router's interface. Packets of other
     * virtual routers are to be given too: they are counted and looked at for this router's addresses.
     * All packets that have arrived are to be handled before any deadline is, so that nobody takes over
     * while an advertisement waits.
     *
     * @return why the packet was dropped; null if it was taken, or if this router does not listen
     *     because it is not started or faulty
     */
    public @Nullable PacketRejection handlePacket(ReceivedPacket packet, long nowNanos) {
        return machine.handlePacket(packet, nowNanos);
    }

    /** Handles the timers that are due; to be called when {@link #nextDeadlineNanos()} is reached. */
    public void handleDeadline(long nowNanos) {
        machine.handleDeadline(nowNanos);
    }

    /**
     * Tells that the interface can or cannot carry packets. It counts as up until told otherwise, also
     * before the start.
     */
    public void handleInterface(boolean up, long nowNanos) {
        machine.handleInterface(up, nowNanos);
    }

    /**
     * Tells what a tracker found. The last report of each is remembered, also before the start and for
     * one that a later configuration may have.
     */
    public void handleTracker(String name, boolean up, long nowNanos) {
        machine.handleTracker(name, up, nowNanos);
    }

    /** Tells the number that a tracker found; {@link Tracker} says what becomes of it. */
    public void handleTrackerValue(String name, int value, long nowNanos) {
        machine.handleTrackerValue(name, value, nowNanos);
    }

    /**
     * Tells that the machine was suspended or frozen while its monotonic clock stood still, so that the
     * LAN went on without it: for Linux, by how much CLOCK_BOOTTIME moved away from CLOCK_MONOTONIC. It
     * counts like a pause. What has arrived is to be handled first.
     */
    public void handleSuspension(long suspendedNanos, long nowNanos) {
        machine.handleSuspension(suspendedNanos, nowNanos);
    }

    /**
     * Tells that addresses which this router has put on the host are no longer there, although it did
     * not remove them: another program did. An Active puts them back and announces them; when that has
     * happened three times within ten seconds, the next time it hands over.
     *
     * @param addresses at least one, all that were found missing at one time
     */
    public void handleAddressesLost(List<VirtualAddress> addresses, long nowNanos) {
        machine.state().onAddressesLost(List.copyOf(addresses), nowNanos);
    }

    /**
     * When the next periodic advertisement is due that is not queued, or {@link #NO_DEADLINE} while there is none to come.
     *
     * <p>A driver may have the coming ones sent by something that goes on while it is paused, such as the kernel: {@link
     * #nextAdvertisement}, at this time and every advertisement interval from then on. It tells how many it has queued, and which of
     * them went out, and cancels them when the router says so ({@link Action.CancelAdvertisements}). This router then sends by itself
     * only what nobody has queued, and does not take itself for silent while the queue sends.
     */
    public long nextAdvertisementNanos() {
        return machine.state().nextAdvertisementNanos();
    }

    /** The periodic advertisement as of now; {@link #encode} makes its bytes. */
    public Action.SendAdvertisement nextAdvertisement() {
        return machine.actions().advertisement(machine.priority());
    }

    /**
     * Tells that periodic advertisements are queued, the first for {@link #nextAdvertisementNanos}, the others an interval apart each.
     *
     * @param count at least 1
     * @throws IllegalStateException if {@link #nextAdvertisementNanos} is {@link #NO_DEADLINE}
     */
    public void handleAdvertisementsQueued(int count, long nowNanos) {
        machine.state().onQueued(count, nowNanos);
    }

    /**
     * Tells that queued advertisements went out. To be told before any other input, so that the router knows that it was not silent.
     *
     * @param count how many since the last time, at least 1
     * @param lastNanos for when the last of them was queued
     */
    public void handleAdvertisementsSent(int count, long lastNanos) {
        machine.counters.advertisementsSent += count;
        machine.queued().sent(count, lastNanos, config().advertisementIntervalNanos());
        machine.state().onQueuedSent(lastNanos);
    }

    /**
     * Tells that what is queued will not go out, as when it was to be sent by an interface that is gone. The router has it cancelled,
     * and those advertisements are due again.
     */
    public void handleAdvertisementsLost() {
        machine.cancelQueued();
    }

    /**
     * Tells that addresses of this router are reached at another hardware address than before, because that of their interface was
     * changed. An Active announces them as at its promotion.
     *
     * @param addresses at least one
     */
    public void handleAddressesMoved(List<VirtualAddress> addresses, long nowNanos) {
        machine.state().onAddressesMoved(List.copyOf(addresses), nowNanos);
    }

    /** When {@link #handleDeadline} is to be called next, or {@link #NO_DEADLINE}. */
    public long nextDeadlineNanos() {
        return machine.nextDeadlineNanos();
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
        return machine.isStopped();
    }

    /** The live counters. */
    public RouterCounters counters() {
        return machine.counters;
    }

    /** What is known of the routers that were heard with this VRID, the first 64; a copy. */
    public List<PeerSnapshot> peers() {
        return machine.diagnosis().peers().snapshot();
    }

    /**
     * Writes the message for an advertisement, without IP header, at the buffer's position and moves
     * the position behind it. It is to be sent from the local address with the TTL of {@link
     * VirtualRouterConfig#destinations}: to the group, or to each peer what is written for it.
     *
     * @param destination the group or the peer
     * @return the bytes written
     * @throws java.nio.BufferOverflowException if there is not enough room
     */
    public int encode(
            Action.SendAdvertisement action, IpAddress destination, long nowNanos, ByteBuffer out) {
        return machine.codec()
                .encode(
                        action.priority(),
                        action.maxAdvertiseIntervalCentis(),
                        machine.localAddress(),
                        destination,
                        machine.diagnosis().formTo(destination),
                        machine.wallClock().nanos(nowNanos),
                        out);
    }
}
