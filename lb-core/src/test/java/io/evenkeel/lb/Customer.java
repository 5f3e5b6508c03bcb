package io.evenkeel.lb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection of the tests that waits: it keeps what it is told. */
final class Customer implements Waiter {
    private final String name;
    private final List<String> told;
    private int priorityClass;
    private long offsetNanos;
    private long key;
    private @Nullable Server sticky;
    private @Nullable Lease lease;
    private @Nullable Refusal refusal;

    Customer(String name, List<String> told) {
        this.name = name;
        this.told = told;
    }

    Customer ofClass(int value) {
        priorityClass = value;
        return this;
    }

    Customer later(long nanos) {
        offsetNanos = nanos;
        return this;
    }

    Customer ofKey(long value) {
        key = value;
        return this;
    }

    Customer on(Server server) {
        sticky = server;
        return this;
    }

    /** Picks, or waits if that helps. */
    @Nullable QueuePlace come(Backend backend, long nowNanos) {
        Lease picked = backend.pick(this, nowNanos);
        if (picked != null) {
            onServer(picked);
            return null;
        }
        return backend.enqueue(this, nowNanos);
    }

    void go(long nowNanos) {
        Lease held = lease;
        if (held == null) {
            throw new AssertionError(name + " has no server");
        }
        lease = null;
        held.close(nowNanos);
    }

    @Nullable Lease lease() {
        return lease;
    }

    @Nullable Refusal refusal() {
        return refusal;
    }

    @Override
    public long balanceKey() {
        return key;
    }

    @Override
    public @Nullable Server stickyServer() {
        return sticky;
    }

    @Override
    public int priorityClass() {
        return priorityClass;
    }

    @Override
    public long priorityOffsetNanos() {
        return offsetNanos;
    }

    @Override
    public void onServer(Lease given) {
        lease = given;
        told.add(name + " " + given.server().name());
    }

    @Override
    public void onRefused(Refusal cause) {
        refusal = cause;
        told.add(name + " " + cause);
    }
}
