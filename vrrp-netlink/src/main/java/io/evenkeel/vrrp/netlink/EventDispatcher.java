package io.evenkeel.vrrp.netlink;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what must not hold up the VRRP thread, in order, on one daemon thread: the log, the listeners, the address holder. Ends when
 * it is closed and has run everything that was given to it.
 */
final class EventDispatcher implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);
    private static final Runnable END = () -> {};

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;

    EventDispatcher(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Lets the tasks so far run and waits for them, but not longer than the given time and not for itself. */
    void close(long timeoutMillis) {
        tasks.add(END);
        if (Thread.currentThread() == thread || !thread.isAlive()) {
            return;
        }
        try {
            thread.join(timeoutMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn(
                    "A listener or address holder did not return within {} ms of the close; its thread {} goes on without being waited for.",
                    timeoutMillis,
                    thread.getName());
        }
    }

    @Override
    public void close() {
        close(2_000);
    }

    private void run() {
        try {
            for (Runnable task = tasks.take(); task != END; task = tasks.take()) {
                runGuarded(task);
            }
        } catch (InterruptedException e) {
            // Nobody but a user's callback can interrupt this thread; what is queued would never be
            // told, so end.
            LOG.warn("The event thread {} was interrupted and ends.", thread.getName());
        }
    }

    static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A callback of the VRRP service failed; the service goes on.", e);
        }
    }

    /** Runs tasks one at a time and in order on an executor that may have many threads. */
    static final class Serial implements Executor {
        private final Executor executor;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean running;

        Serial(Executor executor) {
            this.executor = executor;
        }

        @Override
        public void execute(Runnable task) {
            synchronized (waiting) {
                waiting.add(task);
                if (running) {
                    return;
                }
                running = true;
            }
            try {
                executor.execute(this::drain);
            } catch (RuntimeException e) {
                synchronized (waiting) {
                    running = false;
                    waiting.clear();
                }
                LOG.error("The executor of a VRRP listener refused an event, which is lost.", e);
            }
        }

        private void drain() {
            while (true) {
                Runnable next;
                synchronized (waiting) {
                    Runnable head = waiting.poll();
                    if (head == null) {
                        running = false;
                        return;
                    }
                    next = head;
                }
                runGuarded(next);
            }
        }
    }
}
