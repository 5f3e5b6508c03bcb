package io.evenkeel.vrrp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that can be wrong with a {@link VirtualRouterConfig.Builder}, found in one pass. */
final class ConfigChecks {

    static final int OWNER_PRIORITY = 255;
    static final long CENTI_NANOS = 10_000_000L;

    private static final int MAX_ADDRESSES = 255;
    private static final int MAX_CENTIS = 0xfff;
    private static final int MAX_V2_SECONDS = 255;
    private static final Duration MAX_START_DELAY = Duration.ofDays(1);

    private final VirtualRouterConfig.Builder builder;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigChecks(VirtualRouterConfig.Builder builder) {
        this.builder = builder;
    }

    static List<ConfigProblem> check(VirtualRouterConfig.Builder builder) {
        ConfigChecks checks = new ConfigChecks(builder);
        checks.identity();
        checks.interval();
        checks.addresses();
        checks.behaviour();
        return checks.problems;
    }

    private void problem(String path, String message) {
        problems.add(new ConfigProblem(path, message));
    }

    private void identity() {
        if (builder.name.isBlank()) {
            problem("name", "The name is blank; give the virtual router a name.");
        }
        if (builder.virtualRouterId < 1 || builder.virtualRouterId > 255) {
            problem(
                    "virtualRouterId",
                    "The VRID is " + builder.virtualRouterId + "; it must be 1..255.");
        }
        String interfaceProblem = InterfaceNames.problem(builder.interfaceName);
        if (interfaceProblem != null) {
            problem("interfaceName", interfaceProblem);
        }
        if (builder.priority < 1 || builder.priority > OWNER_PRIORITY) {
            problem(
                    "priority",
                    "The priority is "
                            + builder.priority
                            + "; it must be 1..254, or 255 for the owner of the addresses.");
        }
    }

    private void interval() {
        Duration interval = builder.advertisementInterval;
        if (builder.version == VrrpVersion.V2) {
            if (interval.getNano() != 0
                    || interval.getSeconds() < 1
                    || interval.getSeconds() > MAX_V2_SECONDS) {
                problem(
                        "advertisementInterval",
                        "The advertisement interval is "
                                + seconds(interval)
                                + "; version 2 carries whole seconds, 1..255. Version 3 carries 0.01..40.95 s.");
            }
            return;
        }
        boolean tooLong = interval.compareTo(Duration.ofMillis(MAX_CENTIS * 10L)) > 0;
        if (interval.isNegative()
                || interval.isZero()
                || tooLong
                || interval.toNanos() % CENTI_NANOS != 0) {
            problem(
                    "advertisementInterval",
                    "The advertisement interval is "
                            + seconds(interval)
                            + "; version 3 carries 0.01..40.95 s in steps of 0.01 s.");
        }
    }

    private static String seconds(Duration interval) {
        return interval.toString().replace("PT", "").replace("S", " s");
    }

    private void addresses() {
        if (builder.addresses.isEmpty()) {
            problem(
                    "addresses",
                    "There is no virtual address; a virtual router needs at least one.");
        }
        if (builder.addresses.size() > MAX_ADDRESSES) {
            problem(
                    "addresses",
                    "There are "
                            + builder.addresses.size()
                            + " virtual addresses; an advertisement carries at most 255."
                            + " Move the others to the excluded addresses.");
        }
        Set<IpAddress> seen = new HashSet<>();
        each("addresses", builder.addresses, seen);
        each("excludedAddresses", builder.excludedAddresses, seen);
    }

    private void each(String path, List<VirtualAddress> addresses, Set<IpAddress> seen) {
        for (int i = 0; i < addresses.size(); i++) {
            IpAddress address = addresses.get(i).address();
            if (!seen.add(address)) {
                problem(path + "[" + i + "]", "The address " + address + " is there twice.");
            }
            if (!address.isIpv4()) {
                problem(
                        path + "[" + i + "]",
                        "The address "
                                + address
                                + " is IPv6; this release holds IPv4 addresses only.");
            }
        }
    }

    private void behaviour() {
        if (builder.priority == OWNER_PRIORITY
                && !builder.preemption.equals(Preemption.IMMEDIATE)) {
            problem(
                    "preemption",
                    "The preemption is "
                            + builder.preemption
                            + ", yet the priority is 255: the owner of the addresses always takes them"
                            + " at once. Use IMMEDIATE, or a priority of 1..254.");
        }
        if (builder.version == VrrpVersion.V3 && builder.authentication.type() != 0) {
            problem(
                    "authentication",
                    "Version 3 has no password; leave the authentication out or use version 2.");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < builder.trackers.size(); i++) {
            if (!names.add(builder.trackers.get(i).name())) {
                problem(
                        "trackers[" + i + "]",
                        "The tracker " + builder.trackers.get(i).name() + " is there twice.");
            }
        }
        if (builder.startDelay.isNegative() || builder.startDelay.compareTo(MAX_START_DELAY) > 0) {
            problem(
                    "startDelay",
                    "The start delay is "
                            + seconds(builder.startDelay)
                            + "; it must be 0 s to one day.");
        }
    }
}
