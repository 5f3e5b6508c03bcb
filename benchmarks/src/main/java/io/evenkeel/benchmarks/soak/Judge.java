package io.evenkeel.benchmarks.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells bytes that were lost from connections that had to end. Each is judged some time after its end, when the proxy's log has come and
 * the server has seen the end too.
 */
final class Judge implements Runnable {
    private static final long DELAY_NANOS = Duration.ofSeconds(2).toNanos();

    /** A server that hangs sees the end after it. */
    private static final long LATEST_NANOS = Duration.ofSeconds(30).toNanos();

    /** For so long after a server was itself again, or the configuration changed, checks may not know it yet. */
    private static final long UNSETTLED_NANOS = Duration.ofSeconds(4).toNanos();

    private final Book book;
    private final Proxy proxy;
    private final List<EchoServer> servers;
    private final LongPredicate reloadedSince;
    private final LongPredicate renamedSince;
    private final Tally tally;
    private final DelayQueue<Case> cases = new DelayQueue<>();
    private volatile boolean closing;

    private record Case(Visit visit, Result result, long dueNanos) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /**
     * A judge.
     *
     * @param reloadedSince whether the configuration changed after that time
     * @param renamedSince whether the addresses of the name did
     */
    Judge(
            Book book,
            Proxy proxy,
            List<EchoServer> servers,
            LongPredicate reloadedSince,
            LongPredicate renamedSince,
            Tally tally) {
        this.book = book;
        this.proxy = proxy;
        this.servers = servers;
        this.reloadedSince = reloadedSince;
        this.renamedSince = renamedSince;
        this.tally = tally;
    }

    /** Has it judged later. */
    void submit(Visit visit, Result result) {
        cases.add(new Case(visit, result, result.endNanos() + DELAY_NANOS));
    }

    /** Has {@link #run} return when all is judged. */
    void close() {
        closing = true;
    }

    @Override
    public void run() {
        while (!closing || !cases.isEmpty()) {
            try {
                Case next = cases.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    judge(next);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            String complaint = book.nextComplaint();
            if (complaint != null) {
                tally.fail(complaint);
            }
        }
    }

    private void judge(Case open) {
        Served served = book.find(open.visit().id());
        long now = System.nanoTime();
        if (served != null
                && served.end() == Served.End.OPEN
                && now - open.result().endNanos() < LATEST_NANOS) {
            cases.add(new Case(open.visit(), open.result(), now + DELAY_NANOS / 2));
            return;
        }
        book.strike(open.visit().id());
        judge(open.visit(), open.result(), served);
    }

    private void judge(Visit visit, Result result, @Nullable Served served) {
        SessionLine line = proxy.takeEnded(visit.door(), result.local());
        Evidence evidence =
                new Evidence(
                        visit,
                        result,
                        served,
                        line,
                        candidates(served, line).stream()
                                .anyMatch(
                                        server ->
                                                server.disturbedBetween(
                                                        result.startNanos(),
                                                        result.endNanos(),
                                                        served != null)),
                        unsettled(visit, result));
        String wrong = evidence.wrong();
        String reason = evidence.reason();
        if (wrong == null && reason != null) {
            tally.count(reason);
        } else {
            tally.fail(
                    "%s: %s; %s"
                            .formatted(
                                    visit, wrong == null ? "no reason is known" : wrong, evidence));
        }
    }

    /** The server that it was at, or those that it may have been at, where the log does not say which has that name. */
    private List<EchoServer> candidates(@Nullable Served served, @Nullable SessionLine line) {
        if (served != null) {
            return List.of(served.server());
        }
        if (line == null) {
            return List.of();
        }
        if (line.server().startsWith(Layout.NAMED_SERVER)) {
            return servers;
        }
        return servers.stream().filter(server -> server.name().equals(line.server())).toList();
    }

    private boolean unsettled(Visit visit, Result result) {
        long from = result.startNanos() - UNSETTLED_NANOS;
        return reloadedSince.test(from)
                || visit.door() == Door.NAMED && renamedSince.test(from)
                || servers.stream()
                        .anyMatch(
                                server -> server.disturbedBetween(from, result.endNanos(), false));
    }
}
