package io.evenkeel.vrrp.netlink;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one {@link TrackedSupplier} on a thread of its own, and is polled to find out whether it hangs. What it says is reported when it
 * changes.
 */
final class SupplierSource implements PolledSource {
    private static final Logger LOG = LoggerFactory.getLogger(SupplierSource.class);

    /** Said in place of an answer. */
    private static final Object FAILED = new Object();

    private final TrackedSupplier supplier;
    private final ScriptRunner.Report health;
    private final FileSource.Report numbers;
    private final Thread thread;
    private volatile boolean closed;

    // Guarded by this.
    private boolean asking;
    private long askedNanos;
    private @Nullable Object told;

    SupplierSource(
            TrackedSupplier supplier, ScriptRunner.Report health, FileSource.Report numbers) {
        this.supplier = supplier;
        this.health = health;
        this.numbers = numbers;
        thread = new Thread(this::run, "evenkeel-supplier-" + supplier.tracker());
        thread.setDaemon(true);
    }

    @Override
    public void prepare() {
        if (!closed) {
            thread.start();
        }
    }

    @Override
    public synchronized void poll(long nowNanos) {
        if (asking && nowNanos - askedNanos >= supplier.timeoutNanos()) {
            fail("has not answered within " + supplier.timeoutNanos() / 1_000_000 + " ms");
        }
    }

    /** Interrupts a call that is under way. Does not wait for it. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                ask();
                TimeUnit.NANOSECONDS.sleep(supplier.intervalNanos());
            }
        } catch (InterruptedException e) {
            if (!closed) {
                LOG.warn("The thread of supplier {} was interrupted and ends.", supplier.tracker());
                endedEarly();
            }
        }
    }

    private void ask() {
        synchronized (this) {
            asking = true;
            askedNanos = System.nanoTime();
        }
        Object answer = null;
        String failure = "";
        try {
            answer = supplier.ask();
        } catch (RuntimeException | Error e) {
            // Whatever the application throws: it is no reason not to ask again.
            failure = "failed: " + e;
        }
        synchronized (this) {
            asking = false;
            if (closed) {
                return;
            }
            if (answer == null) {
                fail(failure);
            } else {
                tell(answer);
            }
        }
    }

    private synchronized void endedEarly() {
        fail("is no longer asked");
    }

    /** Called with the lock. */
    private void fail(String how) {
        if (told != FAILED) {
            told = FAILED;
            LOG.warn("The supplier {} {}; it counts as failed.", supplier.tracker(), how);
            health.changed(supplier.tracker(), false);
        }
    }

    /** Called with the lock. */
    private void tell(Object answer) {
        if (Objects.equals(told, answer)) {
            return;
        }
        told = answer;
        if (answer instanceof Integer number) {
            numbers.changed(supplier.tracker(), number);
        } else {
            health.changed(supplier.tracker(), Boolean.TRUE.equals(answer));
        }
    }
}
