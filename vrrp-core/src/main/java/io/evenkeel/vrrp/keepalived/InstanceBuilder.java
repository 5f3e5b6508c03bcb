package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.Authentication;
import io.evenkeel.vrrp.InvalidConfigException;
import io.evenkeel.vrrp.Preemption;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a virtual router of what an instance says, with keepalived's defaults. */
final class InstanceBuilder {
    private static final int OWNER_PRIORITY = 255;

    private final InstanceReader instance;
    private final GlobalReader global;
    private final Map<String, ScriptReader> scripts;
    private final Findings findings;
    private final VrrpVersion version;

    InstanceBuilder(
            InstanceReader instance,
            GlobalReader global,
            Map<String, ScriptReader> scripts,
            Findings findings) {
        this.instance = instance;
        this.global = global;
        this.scripts = scripts;
        this.findings = findings;
        VrrpVersion own = instance.version();
        this.version = own == null ? global.version() : own;
    }

    /** Returns the router, or reports everything that is wrong with it and returns null. */
    @Nullable VirtualRouterConfig build() {
        requirePresence();
        int priority = priority();
        Integer virtualRouterId = instance.virtualRouterId();
        String interfaceName = instance.interfaceName();
        Duration interval = instance.interval();
        Boolean strict = instance.strict();
        VirtualRouterConfig.Builder builder =
                VirtualRouterConfig.builder(instance.name())
                        .version(version)
                        .priority(priority)
                        .virtualRouterId(virtualRouterId == null ? 1 : virtualRouterId)
                        .interfaceName(interfaceName == null ? "unknown" : interfaceName)
                        .advertisementInterval(interval == null ? Duration.ofSeconds(1) : interval)
                        .addresses(instance.addresses())
                        .excludedAddresses(instance.excluded())
                        .preemption(preemption(priority))
                        .authentication(authentication())
                        .trackers(trackers())
                        .startDelay(global.startDelay())
                        .announcements(instance.announcements().under(global.announcements()))
                        .strict(strict == null ? global.strict() : strict);
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
    }

    private void require(String directive, String lack) {
        if (!instance.has(directive)) {
            findings.error(instance.line(), "vrrp_instance '" + instance.name() + "' has " + lack);
        }
    }

    private int priority() {
        Integer priority = instance.priority();
        if (priority != null) {
            return priority;
        }
        if (instance.master() && !instance.has("priority")) {
            findings.warning(
                    instance.lineOrOwn("state"),
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
                instance.lineOrOwn(directive),
                "'"
                        + directive
                        + "' has no effect together with "
                        + because
                        + ", as with keepalived");
    }

    private Authentication authentication() {
        AuthenticationReader authentication = instance.authentication();
        if (authentication == null) {
            return Authentication.NONE;
        }
        if (version == VrrpVersion.V3) {
            findings.warning(
                    authentication.line(),
                    "'authentication' has no effect: version 3 carries no password");
            return Authentication.NONE;
        }
        return authentication.authentication();
    }

    private List<Tracker> trackers() {
        List<Tracker> trackers = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (TrackedScript tracked : instance.trackedScripts()) {
            Integer earlier = lines.putIfAbsent(tracked.name(), tracked.line());
            ScriptReader script = scripts.get(tracked.name());
            if (earlier != null) {
                findings.error(
                        tracked.line(),
                        "script '"
                                + tracked.name()
                                + "' is tracked on line "
                                + earlier
                                + " already; remove one of them");
            } else if (script == null) {
                findings.error(
                        tracked.line(),
                        "there is no vrrp_script '"
                                + tracked.name()
                                + "' to track; define it or correct the name");
            } else {
                Integer weight = tracked.weight();
                trackers.add(
                        new Tracker(tracked.name(), weight == null ? script.weight() : weight));
            }
        }
        return trackers;
    }

    /** Reports a problem that the model found, at the line that caused it. */
    private void report(String path, String message) {
        int bracket = path.indexOf('[');
        int index =
                bracket < 0 ? -1 : Integer.parseInt(path.substring(bracket + 1, path.length() - 1));
        String sentence = Sentences.lower(message);
        switch (bracket < 0 ? path : path.substring(0, bracket)) {
            case "virtualRouterId" ->
                    findings.error(instance.lineOrOwn("virtual_router_id"), sentence);
            case "interfaceName" -> findings.error(instance.lineOrOwn("interface"), sentence);
            case "priority" -> findings.error(instance.lineOrOwn("priority"), sentence);
            case "advertisementInterval" -> reportInterval();
            case "addresses" -> reportAddresses(index, sentence);
            case "excludedAddresses" -> findings.error(instance.excludedLine(index), sentence);
            default -> findings.error(instance.line(), sentence);
        }
    }

    private void reportInterval() {
        findings.error(
                instance.lineOrOwn("advert_int"),
                "'advert_int' is '"
                        + instance.intervalText()
                        + (version == VrrpVersion.V2
                                ? "'; version 2 carries whole seconds from 1 to 255, and version 3"
                                        + " fractions of a second"
                                : "'; version 3 carries 0.01 to 40.95 seconds in steps of 0.01"));
    }

    private void reportAddresses(int index, String sentence) {
        if (index >= 0) {
            findings.error(instance.addressLine(index), sentence);
        } else if (!instance.addresses().isEmpty()) {
            findings.error(instance.lineOrOwn("virtual_ipaddress"), sentence);
        } else if (instance.hasEmptyAddresses()) {
            // An absent block, and one whose lines were all refused, is reported already.
            findings.error(
                    instance.lineOrOwn("virtual_ipaddress"),
                    "'virtual_ipaddress' has no address; write at least one, each on a line of its own");
        }
    }
}
