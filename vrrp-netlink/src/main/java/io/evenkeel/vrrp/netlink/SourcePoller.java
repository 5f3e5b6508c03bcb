package io.evenkeel.vrrp.netlink;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the tracked files and processes of a service on one daemon thread. */
final class SourcePoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourcePoller.class);

    /** Often enough to be no longer than an advertisement interval or two; a round costs less than a millisecond. */
    static final long INTERVAL_MILLIS = 200;

    private final List<PolledSource> sources;
    private final Thread thread;
    private volatile boolean closed;

    SourcePoller(List<PolledSource> sources) {
        this.sources = List.copyOf(sources);
        thread = new Thread(this::run, "evenkeel-tracked-sources");
        thread.setDaemon(true);
    }

    void start() {
        if (!sources.isEmpty()) {
            thread.start();
        }
    }

    /** Ends the polling. Does not wait for it. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        sources.forEach(PolledSource::close);
    }

    private void run() {
        try {
            sources.forEach(PolledSource::prepare);
            while (!closed) {
                long now = System.nanoTime();
                sources.forEach(source -> source.poll(now));
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            if (!closed) {
                LOG.warn("The thread of the tracked sources was interrupted and ends.");
            }
        }
    }
}
