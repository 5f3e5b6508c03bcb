/**
 * VRRP as a pure state machine: no socket, no thread, no clock, no logger.
 *
 * <p>{@link io.evenkeel.vrrp.VirtualRouter} is one virtual router. Inputs are method calls that carry
 * the time; outputs are {@link io.evenkeel.vrrp.Action}s, in the order in which they are to be done;
 * the next deadline is a value. This is the whole driver:
 *
 * <pre>{@code
 * VirtualRouter router = new VirtualRouter(config, sink);
 * router.handleWallClock(wallMinusMonotonicNanos()); // now and then again; only signatures need it
 * router.handleLocalAddress(primaryAddressOfTheInterface, true, now());
 * router.startup(now());
 * while (!router.isStopped()) {
 *     waitForInputUntil(router.nextDeadlineNanos());
 *     long woken = now();
 *     // 1. Every packet that has arrived, before any timer: an advertisement that
 *     //    waited while this thread was paused keeps a Backup from taking over.
 *     while (receive(packet)) {
 *         router.handlePacket(packet, now());
 *     }
 *     // A driver that queues advertisements elsewhere calls handleAdvertisementsSent before any
 *     // other input, and looks at nextAdvertisementNanos when all else is done.
 *     // 2. What else has happened: handleSuspension, handleWallClock, handleLocalAddress,
 *     //    handleLocalAddressLost, handleInterface, handleAddressesLost, handleAddressesMoved,
 *     //    handleTracker, handover, setMaintenance, setPriority, reconfigure, shutdown.
 *     // 3. The timers that were due when the wait ended, as of then. What has become due since
 *     //    is for the next round: packets may have come since.
 *     if (woken >= router.nextDeadlineNanos()) {
 *         router.handleDeadline(woken);
 *     }
 * }
 * }</pre>
 *
 * <p>The rules:
 *
 * <ul>
 *   <li>Times are nanoseconds of one monotonic clock, never negative and never going back, but for that of
 *       {@code handleDeadline}, which is when the wait ended. The arrival
 *       time of a packet is on the same clock, and better the kernel's than the reader's.
 *   <li>The sink does an action at once or puts it into a queue that is done, in order, before the
 *       driver waits again. It never calls the router. {@link io.evenkeel.vrrp.VirtualRouter#encode}
 *       is the exception: it makes the bytes of an advertisement and changes no state.
 *   <li>An action that fails is the driver's to report; the router goes on.
 *   <li>{@code handleDeadline} too early does nothing. After each call the deadline may be another one,
 *       sooner or later.
 *   <li>After {@code shutdown} the loop goes on until {@code isStopped()}: a fast handover takes some
 *       milliseconds, at most 100.
 *   <li>All calls to a router come from one thread. Several routers may share a thread, a packet and a
 *       socket; each takes the packets of its own VRID and looks at the others for its own addresses.
 *   <li>The routers of a {@link io.evenkeel.vrrp.SyncGroup} share a thread. A call to one of them may
 *       give actions to the sinks of all, and move the deadlines of all.
 * </ul>
 */
@NullMarked
package io.evenkeel.vrrp;

import org.jspecify.annotations.NullMarked;
