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
    private static final int MAX_DOWN_TIMER_ADVERTS = 100;
    private static final int MIN_MTU = 576;
    private static final int MAX_MTU = 65_535;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final Duration MAX_START_DELAY = Duration.ofDays(1);

    private final RouterProperties router;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigChecks(RouterProperties router) {
        this.router = router;
    }

    static List<ConfigProblem> check(RouterProperties router) {
        ConfigChecks checks = new ConfigChecks(router);
        checks.identity();
        checks.interval();
        checks.addresses();
        checks.size();
        checks.way();
        checks.virtualMac();
        checks.authentication();
        checks.behaviour();
        checks.routes();
        return checks.problems;
    }

    private void problem(String path, String message) {
        problems.add(new ConfigProblem(path, message));
    }

    private void identity() {
        if (router.name.isBlank()) {
            problem("name", "The name is blank; give the virtual router a name.");
        }
        if (router.virtualRouterId < 1 || router.virtualRouterId > 255) {
            problem(
                    "virtualRouterId",
                    "The VRID is " + router.virtualRouterId + "; it must be 1..255.");
        }
        String interfaceProblem = InterfaceNames.problem(router.interfaceName);
        if (interfaceProblem != null) {
            problem("interfaceName", interfaceProblem);
        }
        if (router.priority < 1 || router.priority > OWNER_PRIORITY) {
            problem(
                    "priority",
                    "The priority is "
                            + router.priority
                            + "; it must be 1..254, or 255 for the owner of the addresses.");
        }
    }

    private void interval() {
        Duration interval = router.advertisementInterval;
        if (router.version == VrrpVersion.V2) {
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
        if (router.addresses.isEmpty()) {
            problem(
                    "addresses",
                    "There is no virtual address; a virtual router needs at least one.");
        }
        if (router.addresses.size() > MAX_ADDRESSES) {
            problem(
                    "addresses",
                    "There are "
                            + router.addresses.size()
                            + " virtual addresses; an advertisement carries at most 255."
                            + " Move the others to the excluded addresses.");
        }
        Set<IpAddress> seen = new HashSet<>();
        each("addresses", router.addresses, seen);
        each("excludedAddresses", router.excludedAddresses, seen);
        family();
    }

    private void family() {
        boolean ipv4 = router.isIpv4();
        for (int i = 1; i < router.addresses.size(); i++) {
            IpAddress address = router.addresses.get(i).address();
            if (address.isIpv4() != ipv4) {
                problem(
                        "addresses[" + i + "]",
                        "The address "
                                + address
                                + " is of another family than the first one. A virtual router advertises"
                                + " one family; move the others to the excluded addresses.");
            }
        }
        if (ipv4) {
            return;
        }
        if (router.version == VrrpVersion.V2) {
            problem("version", "Version 2 carries IPv4 alone; use version 3 for IPv6 addresses.");
        }
        if (router.linkLocalFirst && !router.addresses.get(0).address().isLinkLocal()) {
            problem(
                    "addresses[0]",
                    "The first IPv6 address is "
                            + router.addresses.get(0).address()
                            + "; it must be link-local (RFC 9568, section 5.2.9), such as fe80::100.");
        }
    }

    /** Whether an advertisement fits a packet. */
    private void size() {
        if (router.mtu < MIN_MTU || router.mtu > MAX_MTU) {
            problem("mtu", "The MTU is " + router.mtu + "; it must be 576..65535 bytes.");
            return;
        }
        boolean ipv4 = router.isIpv4();
        int fixed = (ipv4 ? IPV4_HEADER : IPV6_HEADER) + AdvertisementCodec.HEADER_LENGTH;
        if (router.version == VrrpVersion.V2) {
            fixed += Authentication.TRAILER_BYTES;
        }
        if (router.hmac != null) {
            fixed += HmacTrailer.LENGTH;
        }
        int most = (router.mtu - fixed) / (ipv4 ? 4 : 16);
        if (router.addresses.size() > most && router.addresses.size() <= MAX_ADDRESSES) {
            problem(
                    "addresses",
                    "There are "
                            + router.addresses.size()
                            + " virtual addresses; a packet of "
                            + router.mtu
                            + " bytes carries "
                            + most
                            + ". Move the others to the excluded addresses.");
        }
    }

    /** From where and to whom. */
    private void way() {
        boolean ipv4 = router.isIpv4();
        if (!router.destinations.fits(ipv4)) {
            problem(
                    "destinations",
                    "The virtual addresses are "
                            + (ipv4 ? "IPv4" : "IPv6")
                            + ", and the advertisements are to go to "
                            + router.destinations
                            + "; both must be of one family.");
        }
        IpAddress source = router.sourceAddress;
        if (source == null) {
            return;
        }
        if (source.isIpv4() != ipv4 || source.isMulticast() || source.isUnspecified()) {
            problem(
                    "sourceAddress",
                    "The source address is "
                            + source
                            + "; it must be a unicast address of the virtual addresses' family.");
        }
        for (UnicastPeer peer : router.destinations.peers()) {
            if (peer.address().equals(source)) {
                problem(
                        "destinations",
                        "The peer "
                                + source
                                + " is this router's own source address; leave it out of the peers.");
            }
        }
    }

    private void virtualMac() {
        VirtualMac mac = router.host.virtualMac();
        if (mac == null) {
            return;
        }
        String nameProblem = InterfaceNames.problem(mac.interfaceName());
        if (nameProblem != null) {
            problem("host.virtualMac", nameProblem);
        } else if (mac.interfaceName().equals(router.interfaceName)) {
            problem(
                    "host.virtualMac",
                    "The interface of the virtual MAC address is called "
                            + router.interfaceName
                            + " as the router's own; it is another interface on top of that one, give it"
                            + " another name.");
        }
        if (router.destinations.isUnicast() && !mac.sendsFromParent()) {
            problem(
                    "host.virtualMac",
                    "The advertisements go to unicast peers, which know the router by the MAC address of"
                            + " its own interface; let them leave from there (sendsFromParent).");
        }
    }

    private void authentication() {
        if (router.version == VrrpVersion.V3 && router.authentication.type() != 0) {
            problem(
                    "authentication",
                    "Version 3 has no password; leave the authentication out or use version 2.");
        }
        if (router.hmac != null && router.authentication.type() != 0) {
            problem(
                    "hmac",
                    "There is a password and an HMAC key; leave the password out, which protects"
                            + " nothing.");
        }
    }

    /** Which the kernel would take for one. */
    private void routes() {
        List<VirtualRoute> routes = router.host.routes();
        for (int i = 0; i < routes.size(); i++) {
            VirtualRoute route = routes.get(i);
            if (routes.subList(0, i).stream().anyMatch(route::collidesWith)) {
                problem(
                        "host.routes[" + i + "]",
                        "The route to "
                                + route.destination()
                                + " is there twice with the same table and metric; give one of them another metric.");
            }
        }
        List<VirtualRule> rules = router.host.rules();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.indexOf(rules.get(i)) < i) {
                problem("host.rules[" + i + "]", "The rule " + rules.get(i) + " is there twice.");
            }
        }
    }

    private void each(String path, List<VirtualAddress> addresses, Set<IpAddress> seen) {
        for (int i = 0; i < addresses.size(); i++) {
            IpAddress address = addresses.get(i).address();
            if (!seen.add(address)) {
                problem(path + "[" + i + "]", "The address " + address + " is there twice.");
            }
        }
    }

    private void behaviour() {
        if (router.priority == OWNER_PRIORITY && !router.preemption.equals(Preemption.IMMEDIATE)) {
            problem(
                    "preemption",
                    "The preemption is "
                            + router.preemption
                            + ", yet the priority is 255: the owner of the addresses always takes them"
                            + " at once. Use IMMEDIATE, or a priority of 1..254.");
        }
        if (router.downTimerAdverts < 1 || router.downTimerAdverts > MAX_DOWN_TIMER_ADVERTS) {
            problem(
                    "downTimerAdverts",
                    "The number of silent intervals is "
                            + router.downTimerAdverts
                            + "; it must be 1..100, and 3 is the protocol's.");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < router.trackers.size(); i++) {
            if (!names.add(router.trackers.get(i).name())) {
                problem(
                        "trackers[" + i + "]",
                        "The tracker " + router.trackers.get(i).name() + " is there twice.");
            }
        }
        if (router.startDelay.isNegative() || router.startDelay.compareTo(MAX_START_DELAY) > 0) {
            problem(
                    "startDelay",
                    "The start delay is "
                            + seconds(router.startDelay)
                            + "; it must be 0 s to one day.");
        }
    }
}
