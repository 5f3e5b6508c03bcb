package io.evenkeel.vrrp;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How often another program took the addresses off the host, and when that is too often. */
final class LostAddresses {

    private static final int PATIENCE = 3;
    private static final long WINDOW_NANOS = 10_000_000_000L;

    /** When it last happened; the oldest first. */
    private final long[] times = new long[PATIENCE];

    LostAddresses() {
        Arrays.fill(times, Long.MIN_VALUE);
    }

    /** Counts a loss; true if it is the fourth within ten seconds. */
    boolean isOneTooMany(long nowNanos) {
        boolean tooMany = times[0] != Long.MIN_VALUE && nowNanos - times[0] < WINDOW_NANOS;
        System.arraycopy(times, 1, times, 0, PATIENCE - 1);
        times[PATIENCE - 1] = nowNanos;
        return tooMany;
    }

    static VrrpEvent.AddressesLost event(
            String router, List<VirtualAddress> addresses, boolean givenUp) {
        String names =
                addresses.stream()
                        .map(each -> each.address().toString())
                        .collect(Collectors.joining(", "));
        String sentence =
                router
                        + ": another program took "
                        + names
                        + " off the host"
                        + (givenUp
                                ? " for the fourth time within ten seconds, so that this router hands over."
                                : ", and this router put it back.")
                        + " Keep network managers (systemd-networkd, NetworkManager) from the interface, or"
                        + " tell them to leave foreign addresses alone.";
        return new VrrpEvent.AddressesLost(router, addresses, givenUp, sentence);
    }
}
