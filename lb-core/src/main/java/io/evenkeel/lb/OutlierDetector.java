package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the servers of a backend whose connections go worse than the others', and says for how long they are to be left out: passive
 * health checking, by what the connections of clients meet, beside the active {@link HealthCheck}. The rules are Envoy's outlier
 * detection.
 *
 * <ul>
 *   <li>So many failed connects in a row eject a server at once.
 *   <li>At the end of each interval success rates are compared: who is by more than 1.9 standard deviations below the mean is
 *       ejected. Servers with few connects do not count; of five servers none can be that far off, of six one can.
 *   <li>An ejection lasts 30 s times how many there were in a row, at most 300 s; each interval that a server is in use without
 *       takes one off that number. A passed check ends it at once. One whose time is over goes on while the last check has failed.
 *   <li>No more than 10 % of the servers are out at a time, but one may be; the only server never is.
 * </ul>
 *
 * <p>{@link #record} may be called by any thread and takes no lock; all else by one thread at a time.
 */
public final class OutlierDetector {
    private final OutlierConfig config;
    private List<Host> hosts = List.of();
    private volatile Map<Server, Host> byServer = Map.of();
    private int maxEjected;
    private long intervalEndNanos;
    private int ejectedCount;

    private static final class Host {
        final Server server;
        final AtomicInteger errorsInARow = new AtomicInteger();
        final AtomicInteger successes = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();
        boolean ejected;
        boolean checkFails;
        int ejectionsInARow;
        long ejectionEndNanos;
        double successRate;

        Host(Server server) {
            this.server = server;
        }
    }

    /**
     * A detector that has seen nothing.
     *
     * @param servers of one backend
     * @param nowNanos monotonic time, when the first interval starts
     */
    public OutlierDetector(OutlierConfig config, List<Server> servers, long nowNanos) {
        this.config = config;
        intervalEndNanos = nowNanos + config.intervalNanos();
        setServers(servers);
    }

    /**
     * The backend has these servers now. What is known of those that stay is kept; others count for nothing from now on.
     *
     * @return who is in again because fewer may be out of so few
     */
    public List<OutlierChange> setServers(List<Server> servers) {
        List<Host> next = new ArrayList<>();
        Map<Server, Host> nextByServer = new IdentityHashMap<>();
        int ejected = 0;
        for (Server server : servers) {
            Host known = byServer.get(server);
            Host host = known == null ? new Host(server) : known;
            next.add(host);
            nextByServer.put(server, host);
            ejected += host.ejected ? 1 : 0;
        }
        hosts = next;
        byServer = nextByServer;
        ejectedCount = ejected;
        long share = (long) servers.size() * config.maxEjectedPercent() / 100;
        boolean never = servers.size() < 2 || config.maxEjectedPercent() == 0;
        maxEjected = never ? 0 : (int) Math.max(1, share);
        return restoreSurplus();
    }

    private List<OutlierChange> restoreSurplus() {
        int surplus = ejectedCount - maxEjected;
        if (surplus <= 0) {
            return List.of();
        }
        return hosts.stream()
                .filter(host -> host.ejected)
                .sorted(OutlierDetector::firstToReturn)
                .limit(surplus)
                .map(host -> restore(host, "too few servers are left to leave out so many"))
                .toList();
    }

    /** One whose check does not fail, and whose time is over first. */
    private static int firstToReturn(Host one, Host other) {
        return one.checkFails != other.checkFails
                ? Boolean.compare(one.checkFails, other.checkFails)
                : Long.signum(one.ejectionEndNanos - other.ejectionEndNanos);
    }

    /** How many servers may be out at a time. */
    public int maxEjected() {
        return maxEjected;
    }

    /** How many are. */
    public int ejectedCount() {
        return ejectedCount;
    }

    /**
     * Counts what became of a connect.
     *
     * @return true if it was the last of so many failures in a row: {@link #onErrors} is to be called
     */
    public boolean record(Server server, boolean success) {
        Host host = byServer.get(server);
        if (host == null) {
            return false;
        }
        if (success) {
            host.successes.incrementAndGet();
            if (host.errorsInARow.get() != 0) {
                host.errorsInARow.set(0);
            }
            return false;
        }
        host.failures.incrementAndGet();
        return host.errorsInARow.incrementAndGet() == config.consecutiveErrors();
    }

    /** So many connects in a row failed; null if that changes nothing. */
    public @Nullable OutlierChange onErrors(Server server, long nowNanos) {
        Host host = byServer.get(server);
        return host == null
                ? null
                : eject(host, nowNanos, config.consecutiveErrors() + " connects in a row failed");
    }

    /** A health check of the server has passed or failed; null if that changes nothing. */
    public @Nullable OutlierChange onCheck(Server server, boolean passed, long nowNanos) {
        Host host = byServer.get(server);
        if (host == null) {
            return null;
        }
        host.checkFails = !passed;
        if (host.ejected
                && passed
                && (config.checkEndsEjection() || nowNanos - host.ejectionEndNanos >= 0)) {
            return restore(host, "a health check has passed");
        }
        return null;
    }

    /** What is due by now, in the order of the servers. To be called at {@link #nextDeadlineNanos} or later. */
    public List<OutlierChange> onDeadline(long nowNanos) {
        List<OutlierChange> changes = new ArrayList<>();
        if (nowNanos - intervalEndNanos >= 0) {
            intervalEndNanos = nowNanos + config.intervalNanos();
            compare(nowNanos, changes);
        }
        for (Host host : hosts) {
            if (isOver(host, nowNanos)) {
                changes.add(restore(host, "its time is over"));
            }
        }
        return changes;
    }

    /** When {@link #onDeadline} is to be called. */
    public long nextDeadlineNanos() {
        long next = intervalEndNanos;
        for (Host host : hosts) {
            if (host.ejected && !host.checkFails && host.ejectionEndNanos - next < 0) {
                next = host.ejectionEndNanos;
            }
        }
        return next;
    }

    private static boolean isOver(Host host, long nowNanos) {
        return host.ejected && !host.checkFails && nowNanos - host.ejectionEndNanos >= 0;
    }

    private void compare(long nowNanos, List<OutlierChange> changes) {
        List<Host> compared = new ArrayList<>();
        double sum = 0;
        for (Host host : hosts) {
            int successes = host.successes.getAndSet(0);
            int all = successes + host.failures.getAndSet(0);
            if (host.ejected) {
                continue;
            }
            if (all >= config.minRequests()) {
                host.successRate = (double) successes / all;
                sum += host.successRate;
                compared.add(host);
            }
        }
        List<Host> outliers = outliers(compared, sum);
        for (Host host : hosts) {
            if (!host.ejected && !outliers.contains(host) && host.ejectionsInARow > 0) {
                host.ejectionsInARow--;
            }
        }
        for (Host host : outliers) {
            OutlierChange change =
                    eject(
                            host,
                            nowNanos,
                            "its success rate of "
                                    + Math.round(100 * host.successRate)
                                    + " % is far below the mean of "
                                    + Math.round(100 * sum / compared.size())
                                    + " %");
            if (change != null) {
                changes.add(change);
            }
        }
    }

    private List<Host> outliers(List<Host> compared, double sum) {
        if (config.successRateDeviations() == 0 || compared.size() < config.minHosts()) {
            return List.of();
        }
        double mean = sum / compared.size();
        double squares = 0;
        for (Host host : compared) {
            squares += (host.successRate - mean) * (host.successRate - mean);
        }
        double least = mean - config.successRateDeviations() * Math.sqrt(squares / compared.size());
        return compared.stream().filter(host -> host.successRate < least).toList();
    }

    private @Nullable OutlierChange eject(Host host, long nowNanos, String cause) {
        if (host.ejected || ejectedCount >= maxEjected) {
            // It may be tried again after as many more failures.
            host.errorsInARow.set(0);
            return null;
        }
        host.ejected = true;
        ejectedCount++;
        host.ejectionsInARow++;
        long most = config.maxEjectionNanos() / config.baseEjectionNanos();
        host.ejectionEndNanos =
                nowNanos
                        + (host.ejectionsInARow > most
                                ? config.maxEjectionNanos()
                                : host.ejectionsInARow * config.baseEjectionNanos());
        return new OutlierChange(host.server, true, cause);
    }

    private OutlierChange restore(Host host, String cause) {
        host.ejected = false;
        ejectedCount--;
        host.errorsInARow.set(0);
        return new OutlierChange(host.server, false, cause);
    }
}
