package io.evenkeel.lb.dns;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.ServerAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link ServerNames} with servers that are texts, a clock of its own, and addresses 10.0.0.N written as N. */
final class NameBench {
    static final long SECOND = 1_000_000_000L;

    final ServerNames<String> names;
    final Map<String, @Nullable ServerAddress> places = new LinkedHashMap<>();
    final Map<String, Integer> weights = new LinkedHashMap<>();
    final List<DnsQuestion> asked = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    long now;

    NameBench(long seed) {
        names = new ServerNames<>(new Random(seed));
    }

    /** Servers s1, s2, ... of one name. */
    static NameGroup<String> group(NameKey key, int count, boolean allowDuplicates) {
        List<NameGroup.Place<String>> places = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            places.add(new NameGroup.Place<>("s" + i, null));
        }
        return new NameGroup<>(
                key.name(), key, key.isService() ? 0 : 80, allowDuplicates, false, places);
    }

    void follow(ResolversConfig config, NameGroup<String> group) {
        places.keySet().removeIf(s -> group.places().stream().noneMatch(p -> p.server().equals(s)));
        group.places().forEach(place -> places.putIfAbsent(place.server(), place.address()));
        perform(names.follow(List.of(config), List.of(group), Set.of(), now));
    }

    /** At this time; what is due before happens when it is due. */
    void at(long nanos) {
        while (names.nextDeadlineNanos() <= nanos) {
            long due = names.nextDeadlineNanos();
            now = Math.max(now, due);
            perform(names.advance(now));
            assertTrue(names.nextDeadlineNanos() > now, "what was due is done");
        }
        now = nanos;
    }

    void atSeconds(double seconds) {
        at((long) (seconds * SECOND));
    }

    /** The last question, which there is. */
    DnsQuestion question() {
        return asked.get(asked.size() - 1);
    }

    void answer(DnsAnswer answer) {
        DnsQuestion question = question();
        asked.clear();
        perform(names.onAnswer(question, answer, now));
    }

    /** Both families; asks as soon as may be. */
    void answer(long ttlSeconds, int... addresses) {
        ask();
        if (question().type() == DnsType.AAAA) {
            answer(DnsAnswer.failed(ResolveFailure.NX));
        }
        answer(DnsAnswer.addresses(ips(addresses), ttlSeconds));
    }

    void fail(ResolveFailure failure) {
        ask();
        answer(DnsAnswer.failed(failure));
        answer(DnsAnswer.failed(failure));
    }

    /** Waits for a question. */
    void ask() {
        while (asked.isEmpty()) {
            at(names.nextDeadlineNanos());
        }
    }

    static List<IpAddress> ips(int... lastBytes) {
        List<IpAddress> ips = new ArrayList<>();
        for (int last : lastBytes) {
            ips.add(IpAddress.of(new byte[] {10, 0, 0, (byte) last}));
        }
        return ips;
    }

    private void perform(List<NameAction<String>> actions) {
        for (NameAction<String> action : actions) {
            if (action instanceof NameAction.Ask<String> ask) {
                asked.add(ask.question());
            } else if (action instanceof NameAction.Assign<String> assign) {
                places.put(assign.server(), assign.address());
                if (assign.weight() > 0) {
                    weights.put(assign.server(), assign.weight());
                }
                told.add(assign.server() + " " + last(assign.address()) + ": " + assign.cause());
            } else if (action instanceof NameAction.Trouble<String> trouble) {
                told.add(trouble.failure() + (trouble.held() ? " held" : ""));
            }
        }
    }

    /** {@code 1 2 -}. */
    String text() {
        return String.join(" ", places.values().stream().map(NameBench::last).toList());
    }

    private static String last(@Nullable ServerAddress address) {
        return address == null ? "-" : String.valueOf(address.ip().bytes()[3] & 0xff);
    }
}
