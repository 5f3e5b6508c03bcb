package io.evenkeel.examples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The client: begins a request at a fixed pace, each on a connection of its own, whatever became of
 * those before it. So a request that hangs hides nothing, and the time between two answers is known
 * to the pace.
 */
final class RequestClient implements AutoCloseable {
    /** Told of everything on the client's thread. */
    interface Observer {
        /** A request has ended. */
        void ended(Answer answer);

        /** The client itself was kept from running: it came late by that much. */
        void cameLate(long nowNanos, long lateNanos);
    }

    private final InetSocketAddress address;
    private final long paceNanos;
    private final long timeoutNanos;
    private final Observer observer;
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts requesting.
     *
     * @param address where to connect
     * @param paceNanos from the beginning of one request to the next
     * @param timeoutNanos how long a request may take
     * @param observer told of every request when it has ended
     */
    RequestClient(InetSocketAddress address, long paceNanos, long timeoutNanos, Observer observer) {
        this.address = address;
        this.paceNanos = paceNanos;
        this.timeoutNanos = timeoutNanos;
        this.observer = observer;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("The client cannot open a selector.", e);
        }
        thread = new Thread(this::run, "demo-client");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (selector) {
            long nextNanos = System.nanoTime();
            while (!closed) {
                long now = System.nanoTime();
                if (now >= nextNanos) {
                    if (now - nextNanos > paceNanos) {
                        observer.cameLate(now, now - nextNanos);
                    }
                    begin(now);
                    // After a stall of this machine: go on from now, not a burst of late requests.
                    nextNanos = Math.max(nextNanos + paceNanos, now);
                }
                long waitNanos = nextNanos - System.nanoTime();
                if (waitNanos > 0) {
                    selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos)));
                } else {
                    selector.selectNow();
                }
                serve();
                expire(System.nanoTime());
            }
            for (SelectionKey key : selector.keys()) {
                exchange(key).close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The client's selector failed.", e);
        }
    }

    private void begin(long now) {
        try {
            Exchange.begin(address, selector, now);
        } catch (IOException e) {
            observer.ended(Answer.failed(now, System.nanoTime(), Exchange.reason(e)));
        }
    }

    private void serve() {
        for (SelectionKey key : selector.selectedKeys()) {
            Exchange exchange = exchange(key);
            Answer answer = exchange.proceed(key);
            if (answer != null) {
                exchange.close();
                observer.ended(answer);
            }
        }
        selector.selectedKeys().clear();
    }

    private void expire(long now) {
        List<Exchange> expired = new ArrayList<>();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && now - exchange(key).startedNanos() > timeoutNanos) {
                expired.add(exchange(key));
            }
        }
        for (Exchange exchange : expired) {
            exchange.close();
            long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
            observer.ended(
                    Answer.failed(exchange.startedNanos(), now, "no answer in " + millis + " ms"));
        }
    }

    private static Exchange exchange(SelectionKey key) {
        return (Exchange) key.attachment();
    }

    /** Stops; requests under way are dropped and not reported. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
