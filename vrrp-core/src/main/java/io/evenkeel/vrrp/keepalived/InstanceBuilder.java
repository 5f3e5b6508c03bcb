package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.Authentication;
import io.evenkeel.vrrp.HmacAuthentication;
import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.InvalidConfigException;
import io.evenkeel.vrrp.PauseReaction;
import io.evenkeel.vrrp.Preemption;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes a virtual router of what an instance says, with keepalived's defaults. */
final class InstanceBuilder {
    private static final int OWNER_PRIORITY = 255;

    private final InstanceReader instance;
    private final GlobalReader global;
    private final Trackers trackers;
    private final VirtualMacNames macNames;
    private final Findings findings;
    private final VrrpVersion version;

    InstanceBuilder(
            InstanceReader instance,
            GlobalReader global,
            Trackers trackers,
            VirtualMacNames macNames,
            Findings findings) {
        this.instance = instance;
        this.global = global;
        this.trackers = trackers;
        this.macNames = macNames;
        this.findings = findings;
        this.version = version();
    }

    private VrrpVersion version() {
        VrrpVersion own = instance.version();
        if (instance.isIpv4()) {
            return own == null ? global.version() : own;
        }
        if (own == VrrpVersion.V2) {
            findings.warning(
                    instance.placeOrOwn("version"),
                    "version 2 carries no IPv6 address, so that version 3 is spoken, as with keepalived; write"
                            + " 'version 3'");
        }
        return VrrpVersion.V3;
    }

    /** Returns the router, or reports everything that is wrong with it and returns null. */
    @Nullable VirtualRouterConfig build() {
        requirePresence();
        boolean linkLocalFirst = instance.isIpv4() || linkLocalFirst();
        int priority = priority();
        boolean strict = instance.protocol().strict(global);
        if (strict) {
            StrictChecks.check(instance, version, priority, instance.addresses().all(), findings);
        }
        Integer virtualRouterId = instance.virtualRouterId();
        String interfaceName = instance.interfaceName();
        Duration interval = instance.interval();
        Preemption preemption = preemption(priority);
        VirtualRouterConfig.Builder builder =
                VirtualRouterConfig.builder(instance.name())
                        .version(version)
                        .priority(priority)
                        .virtualRouterId(virtualRouterId == null ? 1 : virtualRouterId)
                        .interfaceName(interfaceName == null ? "unknown" : interfaceName)
                        .advertisementInterval(interval == null ? Duration.ofSeconds(1) : interval)
                        .downTimerAdverts(instance.protocol().downTimerAdverts(global))
                        .addresses(instance.addresses().all())
                        .excludedAddresses(instance.excluded().all())
                        .linkLocalFirst(linkLocalFirst)
                        .destinations(instance.way().destinations(global, instance.isIpv4()))
                        .sourceAddress(instance.way().source())
                        .checksumMode(instance.way().checksum(global))
                        .preemption(preemption)
                        .pauseReaction(pauseReaction(preemption))
                        .hmac(hmac())
                        .authentication(authentication())
                        .trackers(trackers.of(instance))
                        .startDelay(global.startDelay())
                        .announcements(
                                instance.announcements().under(global.announcements(), strict))
                        .acceptMode(instance.protocol().accepts(global))
                        .answersLower(instance.protocol().answersLower(global))
                        .strict(strict)
                        .host(
                                new HostSettings(
                                        virtualMac(),
                                        instance.routes().routes(),
                                        instance.routes().rules()));
        try {
            return builder.build();
        } catch (InvalidConfigException e) {
            e.problems().forEach(problem -> report(problem.path(), problem.message()));
            return null;
        }
    }

    private void requirePresence() {
        require(
                "interface",
                "no interface; write 'interface' and the name of the one that speaks VRRP");
        require(
                "virtual_router_id",
                "no virtual_router_id; write 'virtual_router_id' and a number from 1 to 255");
        require(
                "virtual_ipaddress",
                "no address; write 'virtual_ipaddress' and a block of addresses");
        if (!instance.has("native_ipv6")) {
            return;
        }
        for (int i = 0; i < instance.addresses().size(); i++) {
            VirtualAddress address = instance.addresses().get(i);
            if (address.address().isIpv4()) {
                findings.error(
                        instance.addresses().place(i),
                        "the address "
                                + address.address()
                                + " is IPv4, and 'native_ipv6' asks for IPv6; remove one of them");
            }
        }
    }

    private void require(String directive, String lack) {
        if (!instance.has(directive)) {
            findings.error(instance.place(), "vrrp_instance '" + instance.name() + "' has " + lack);
        }
    }

    /** Puts a link-local IPv6 address first, which the protocol demands and keepalived does not outside strict mode. */
    private boolean linkLocalFirst() {
        AddressList addresses = instance.addresses();
        boolean right = addresses.isEmpty() || addresses.get(0).address().isLinkLocal();
        if (right || instance.protocol().strict(global)) {
            return right;
        }
        Place place = addresses.place(0);
        String first =
                "the first IPv6 address, " + addresses.get(0).address() + ", is not link-local; ";
        if (addresses.moveToFront(address -> address.address().isLinkLocal())) {
            findings.warning(
                    place,
                    first
                            + addresses.get(0).address()
                            + " is advertised before it (RFC 9568, section 5.2.9); write it first");
            return true;
        }
        findings.warning(
                place,
                first
                        + "it is advertised all the same, as with keepalived, and other routers may drop that (RFC 9568,"
                        + " section 5.2.9); write one such as fe80::100 before it");
        return false;
    }

    private int priority() {
        Integer priority = instance.priority();
        if (priority != null) {
            return priority;
        }
        if (instance.master() && !instance.has("priority")) {
            findings.warning(
                    instance.placeOrOwn("state"),
                    "'state MASTER' without a 'priority' means priority 255, as with keepalived; write the priority");
            return OWNER_PRIORITY;
        }
        return 100;
    }

    private Preemption preemption(int priority) {
        boolean delayed = !instance.preemptionDelay().isZero();
        if (!instance.preempting()) {
            if (delayed) {
                cleared("preempt_delay", "'nopreempt'");
            }
            if (priority != OWNER_PRIORITY && !instance.master()) {
                return Preemption.NEVER;
            }
            cleared("nopreempt", priority == OWNER_PRIORITY ? "priority 255" : "'state MASTER'");
            return Preemption.IMMEDIATE;
        }
        if (delayed && (priority == OWNER_PRIORITY || instance.master())) {
            cleared(
                    "preempt_delay",
                    priority == OWNER_PRIORITY ? "priority 255" : "'state MASTER'");
            return Preemption.IMMEDIATE;
        }
        return Preemption.after(instance.preemptionDelay());
    }

    private void cleared(String directive, String because) {
        findings.warning(
                instance.placeOrOwn(directive),
                "'"
                        + directive
                        + "' has no effect together with "
                        + because
                        + ", as with keepalived");
    }

    private PauseReaction pauseReaction(Preemption preemption) {
        if (!instance.has("timer_expired_backup")) {
            return PauseReaction.BY_PREEMPTION;
        }
        if (preemption.isEnabled()) {
            findings.warning(
                    instance.placeOrOwn("timer_expired_backup"),
                    "'timer_expired_backup' has no effect without 'nopreempt', as with keepalived");
            return PauseReaction.BY_PREEMPTION;
        }
        return PauseReaction.YIELD;
    }

    private @Nullable HmacAuthentication hmac() {
        HmacReader hmac = instance.hmac();
        return hmac == null ? null : hmac.authentication();
    }

    private @Nullable VirtualMac virtualMac() {
        return instance.virtualMac().virtualMac(macNames.of(instance), instance.way().isUnicast());
    }

    private Authentication authentication() {
        AuthenticationReader authentication = instance.authentication();
        if (authentication == null) {
            return Authentication.NONE;
        }
        if (instance.hmac() != null) {
            findings.warning(
                    authentication.place(),
                    "'authentication' has no effect together with 'auth_hmac', as with keepalived");
            return Authentication.NONE;
        }
        if (version == VrrpVersion.V3) {
            findings.warning(
                    authentication.place(),
                    "'authentication' has no effect: version 3 carries no password");
            return Authentication.NONE;
        }
        return authentication.authentication();
    }

    /** Reports a problem that the model found, at the line that caused it. */
    private void report(String path, String message) {
        int bracket = path.indexOf('[');
        int index =
                bracket < 0 ? -1 : Integer.parseInt(path.substring(bracket + 1, path.length() - 1));
        String sentence = Sentences.lower(message);
        Place place =
                switch (bracket < 0 ? path : path.substring(0, bracket)) {
                    case "virtualRouterId" -> instance.placeOrOwn("virtual_router_id");
                    case "interfaceName" -> instance.placeOrOwn("interface");
                    case "priority" -> instance.placeOrOwn("priority");
                    case "excludedAddresses" -> instance.excluded().place(index);
                    case "host.routes" -> instance.routes().routePlace(index);
                    case "host.rules" -> instance.routes().rulePlace(index);
                    case "sourceAddress" -> instance.way().sourcePlace(instance.place());
                    case "hmac" -> instance.placeOrOwn("auth_hmac");
                    case "host.virtualMac" -> instance.placeOrOwn("use_vmac");
                    case "destinations" ->
                            instance.placeOrOwn(
                                    instance.way().isUnicast() ? "unicast_peer" : "mcast_dst_ip");
                    default -> instance.place();
                };
        switch (bracket < 0 ? path : path.substring(0, bracket)) {
            case "advertisementInterval" -> reportInterval();
            case "addresses" -> reportAddresses(index, sentence);
            default -> findings.error(place, sentence);
        }
    }

    private void reportInterval() {
        findings.error(
                instance.placeOrOwn("advert_int"),
                "'advert_int' is '"
                        + instance.intervalText()
                        + (version == VrrpVersion.V2
                                ? "'; version 2 carries whole seconds from 1 to 255, and version 3"
                                        + " fractions of a second"
                                : "'; version 3 carries 0.01 to 40.95 seconds in steps of 0.01"));
    }

    private void reportAddresses(int index, String sentence) {
        if (index >= 0) {
            findings.error(instance.addresses().place(index), sentence);
        } else if (!instance.addresses().isEmpty()) {
            findings.error(instance.placeOrOwn("virtual_ipaddress"), sentence);
        } else if (instance.addresses().isWrittenEmpty()) {
            // An absent block, and one whose lines were all refused, is reported already.
            findings.error(
                    instance.placeOrOwn("virtual_ipaddress"),
                    "'virtual_ipaddress' has no address; write at least one, each on a line of its own");
        }
    }
}
