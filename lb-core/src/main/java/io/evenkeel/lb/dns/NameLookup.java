package io.evenkeel.lb.dns;

import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is believed about one name, and when it is asked about again. A host is asked for addresses of the preferred family and, if it
 * has none, of the other. Not thread-safe.
 *
 * <p>A good answer replaces the one before, but for {@link ResolversConfig#holdObsoleteNanos()}. A failure changes nothing until {@link
 * ResolversConfig#holdNanos} have passed since the last good answer; then all is given up.
 */
final class NameLookup {
    /** Names that were asked about together are not for ever. */
    private static final double SPREAD = 0.05;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private enum Phase {
        IDLE,
        FIRST,
        SECOND
    }

    private final NameKey key;
    private final RandomGenerator random;
    private final Holding<IpAddress> addresses = new Holding<>();
    private final Holding<Target> targets = new Holding<>();
    private ResolversConfig config;
    private Phase phase = Phase.IDLE;
    private long nextAskNanos;
    private boolean settled;
    private boolean known;
    private long validNanos;
    private @Nullable ResolveFailure failure;
    private @Nullable ResolveFailure firstFailure;

    /** To be asked about at once. */
    NameLookup(NameKey key, ResolversConfig config, RandomGenerator random, long nowNanos) {
        this.key = key;
        this.config = config;
        this.random = random;
        nextAskNanos = nowNanos;
    }

    /** Other name servers are asked at once, and answers of those before count no more. */
    void reconfigure(ResolversConfig next, long nowNanos) {
        if (!next.equals(config)) {
            config = next;
            phase = Phase.IDLE;
            nextAskNanos = nowNanos;
        }
    }

    /** Whether there was a first answer, good or not. */
    boolean isSettled() {
        return settled;
    }

    /** Whether there was a good answer ever. */
    boolean isKnown() {
        return known;
    }

    /** Why the last question was not answered well, or null. */
    @Nullable ResolveFailure failure() {
        return failure;
    }

    /** Whether it has an address or a target. */
    boolean isHeld() {
        return !addresses.isEmpty() || !targets.isEmpty();
    }

    /** Of a host; in order. */
    List<IpAddress> addresses() {
        return addresses.sorted();
    }

    /** Of a service; in order. */
    List<Target> targets() {
        return targets.sorted();
    }

    /** That of a service's target. */
    int weight(Target target) {
        return targets.weight(target);
    }

    /** The question that is due, or null. */
    @Nullable DnsQuestion ask(long nowNanos) {
        if (phase != Phase.IDLE || nextAskNanos > nowNanos) {
            return null;
        }
        phase = Phase.FIRST;
        return key.first();
    }

    /** Takes what became of a question; one that was not asked changes nothing. Returns a further question, or null. */
    @Nullable DnsQuestion onAnswer(DnsQuestion question, DnsAnswer answer, long nowNanos) {
        boolean first = phase == Phase.FIRST;
        if (phase == Phase.IDLE || !question.equals(first ? key.first() : key.second())) {
            return null;
        }
        ResolveFailure failed = answer.failure();
        if (first && failed != null && !key.isService()) {
            firstFailure = failed;
            phase = Phase.SECOND;
            return key.second();
        }
        ResolveFailure before = first ? null : firstFailure;
        phase = Phase.IDLE;
        settled = true;
        if (failed != null) {
            // That there is no such name counts only if nobody failed to say more.
            fail(before == null || before == ResolveFailure.NX ? failed : before, nowNanos);
        } else if (before != null && before != ResolveFailure.NX && holdsPreferred()) {
            fail(before, nowNanos);
        } else {
            accept(answer, nowNanos);
            nextAskNanos = nowNanos + varied(intervalNanos(answer.ttlSeconds()));
        }
        return null;
    }

    private boolean holdsPreferred() {
        return addresses().stream().anyMatch(ip -> ip.isIpv6() != key.preferIpv4());
    }

    private void fail(ResolveFailure cause, long nowNanos) {
        failure = cause;
        nextAskNanos = nowNanos + varied(config.resolveTimeoutNanos());
        advance(nowNanos);
    }

    private void accept(DnsAnswer answer, long nowNanos) {
        known = true;
        failure = null;
        validNanos = nowNanos;
        if (key.isService()) {
            Map<Target, Integer> found = new HashMap<>();
            for (DnsAnswer.Service service : answer.services()) {
                found.putIfAbsent(new Target(service.target(), service.port()), service.weight());
            }
            targets.replace(found, nowNanos);
        } else {
            Map<IpAddress, Integer> found = new HashMap<>();
            answer.addresses().forEach(ip -> found.put(ip, 0));
            addresses.replace(found, nowNanos);
        }
        advance(nowNanos);
    }

    /** Takes what the system says, as long as nobody has said more. */
    void seed(List<IpAddress> found, long nowNanos) {
        if (!known && !found.isEmpty()) {
            accept(DnsAnswer.addresses(preferred(found), 0), nowNanos);
        }
    }

    /** Takes addresses that came along with the answer about a service; while they do, there is no need to ask. */
    void onAdditional(List<IpAddress> found, long ttlSeconds, long nowNanos) {
        if (found.isEmpty()) {
            return;
        }
        settled = true;
        accept(DnsAnswer.addresses(preferred(found), ttlSeconds), nowNanos);
        nextAskNanos = nowNanos + 2 * intervalNanos(ttlSeconds);
    }

    private List<IpAddress> preferred(List<IpAddress> found) {
        List<IpAddress> preferred =
                found.stream().filter(ip -> ip.isIpv6() != key.preferIpv4()).toList();
        return preferred.isEmpty() ? found : preferred;
    }

    private long intervalNanos(long ttlSeconds) {
        long ttlNanos = Math.min(ttlSeconds, Integer.MAX_VALUE) * NANOS_PER_SECOND;
        return Math.max(config.resolveTimeoutNanos(), Math.min(ttlNanos, config.holdValidNanos()));
    }

    private long varied(long intervalNanos) {
        return intervalNanos + (long) (intervalNanos * SPREAD * (2 * random.nextDouble() - 1));
    }

    /** Gives up what has been held for long enough. */
    void advance(long nowNanos) {
        addresses.expire(config.holdObsoleteNanos(), nowNanos);
        targets.expire(config.holdObsoleteNanos(), nowNanos);
        if (giveUpNanos() <= nowNanos) {
            addresses.clear();
            targets.clear();
        }
    }

    private long giveUpNanos() {
        ResolveFailure cause = failure;
        if (cause == null || !isHeld()) {
            return ServerNames.NO_DEADLINE;
        }
        long hold = config.holdNanos(cause);
        return hold == ResolversConfig.FOR_EVER ? ServerNames.NO_DEADLINE : validNanos + hold;
    }

    /** When there is something to ask or to give up; {@link ServerNames#NO_DEADLINE} if only an answer changes anything. */
    long deadlineNanos() {
        long hold = config.holdObsoleteNanos();
        long held = Math.min(addresses.deadlineNanos(hold), targets.deadlineNanos(hold));
        return Math.min(
                Math.min(held, giveUpNanos()),
                phase == Phase.IDLE ? nextAskNanos : ServerNames.NO_DEADLINE);
    }
}
