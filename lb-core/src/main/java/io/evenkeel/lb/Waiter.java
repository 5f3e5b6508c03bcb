package io.evenkeel.lb;

/**
 * A connection in a queue. It hears once, of a server or that there is none, unless it leaves before; on the thread that made the
 * slot free, so it returns quickly.
 */
public interface Waiter extends PickRequest {
    /** The lease is the waiter's from now on. */
    void onServer(Lease lease);

    /** It waits no more, in vain. */
    void onRefused(Refusal cause);
}
