/**
 * Balancing decisions as values: no socket, no thread, no clock, no logger. Times are nanoseconds of one monotonic clock. This is the whole
 * driver:
 *
 * <pre>{@code
 * Backend backend = new Backend(config);
 *
 * // A connection:
 * ConnectAttempts attempts = new ConnectAttempts(config);
 * Lease lease = backend.pick(PickRequest.ANY, now()); // null: Backend says who may wait
 * // When it is connected: lease.connected(now()); when it has ended: lease.close(now()).
 * // When it was refused:
 * NextAttempt next = attempts.afterError(lease.server(), backend.pool());
 * switch (next.kind()) {
 *     case RETRY_SAME -> connectAgainAfter(next.delayNanos());
 *     case REDISPATCH -> {
 *         lease.close(now());
 *         lease = backend.pick(PickRequest.avoiding(attempts.failed()), now());
 *     }
 *     case GIVE_UP -> lease.close(now());
 * }
 *
 * // A check of a server, begun with check.start(...), when it is check.nextCheckNanos():
 * HealthTransition transition = check.onResult(result, now());
 * if (transition != null) {
 *     backend.apply(server, transition, now());
 * }
 *
 * // When it is backend.nextDeadlineNanos(), which every change may bring nearer:
 * backend.advance(now());
 * }</pre>
 */
@NullMarked
package io.evenkeel.lb;

import org.jspecify.annotations.NullMarked;
