package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at this host and its LANs for what will bite virtual routers; it changes nothing, speaks no VRRP, and sends ARP
 * probes alone. Without privileges it
 * looks at what it can, and says what it could not look at. An immutable value; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * HostReport report = HostInspection.of(routers).run();
 * report.findings().forEach(f -> log.info("{} {}: {}", f.severity(), f.subject(), f.sentence()));
 * }</pre>
 */
public final class HostInspection {
    private static final Duration DEFAULT_LISTENING = Duration.ofSeconds(3);
    private static final Duration LONGEST_LISTENING = Duration.ofMinutes(10);

    private final List<VirtualRouterConfig> routers;
    private final List<VirtualAddress> staticAddresses;
    private final ThreadOptions threadOptions;
    private final Duration listening;

    private HostInspection(
            List<VirtualRouterConfig> routers,
            List<VirtualAddress> staticAddresses,
            ThreadOptions threadOptions,
            Duration listening) {
        this.routers = List.copyOf(routers);
        this.staticAddresses = List.copyOf(staticAddresses);
        this.threadOptions = threadOptions;
        this.listening = listening;
    }

    /**
     * An inspection for virtual routers that are to run here.
     *
     * @param routers the routers; without any it looks at what every one needs, and listens on all interfaces
     * @return an inspection that listens for 3 s
     */
    public static HostInspection of(List<VirtualRouterConfig> routers) {
        return new HostInspection(routers, List.of(), ThreadOptions.defaults(), DEFAULT_LISTENING);
    }

    /**
     * Takes into account that these addresses will be on the host before the routers are.
     *
     * @param addresses what {@link VrrpServiceBuilder#staticAddresses} will be given
     * @return the changed inspection
     */
    public HostInspection withStaticAddresses(List<VirtualAddress> addresses) {
        return new HostInspection(routers, addresses, threadOptions, listening);
    }

    /**
     * Looks also whether the host will do this for the VRRP thread.
     *
     * @param options what will be asked for
     * @return the changed inspection
     */
    public HostInspection withThreadOptions(ThreadOptions options) {
        return new HostInspection(
                routers, staticAddresses, Objects.requireNonNull(options, "options"), listening);
    }

    /**
     * For how long to listen for others; who advertises more slowly may not be heard.
     *
     * @param length 0 not to listen, at most 10 minutes
     * @return the changed inspection
     * @throws IllegalArgumentException if it is out of range
     */
    public HostInspection withListening(Duration length) {
        if (length.isNegative() || length.compareTo(LONGEST_LISTENING) > 0) {
            throw new IllegalArgumentException(
                    "The time to listen is " + length + "; it must be 0 to 10 minutes.");
        }
        return new HostInspection(routers, staticAddresses, threadOptions, length);
    }

    /**
     * Looks, which takes as long as it listens.
     *
     * @return what was found
     */
    public HostReport run() {
        return run(HostFiles.ofThisHost(), Heartbeat::unavailabilityCause);
    }

    HostReport run(HostFiles files, Function<Libc, @Nullable String> heartbeatMissing) {
        Findings findings = new Findings();
        String cause = VrrpService.unavailabilityCause();
        if (cause != null) {
            findings.error("platform", cause);
            return findings.report();
        }
        Libc libc = new JnaLibc();
        ProcessRights rights = ProcessRights.ofThisThread();
        KernelCheck kernel = new KernelCheck(files);
        kernel.look(findings);
        RightsCheck rightsCheck = new RightsCheck(rights, threadOptions);
        HostView view = lookAtHost(libc, rightsCheck, findings);
        rightsCheck.lookWanted(files, Runtime.getRuntime().maxMemory(), findings);
        new PauseCheck(routers, heartbeatMissing.apply(libc))
                .look(
                        PauseCheck.collectorsOfThisJvm(),
                        files,
                        Runtime.getRuntime().availableProcessors(),
                        findings);
        if (view == null) {
            return findings.report();
        }
        new InterfaceCheck(view.with(staticAddresses), routers).look(findings);
        new FilterCheck(routers).look(libc, findings);
        new SysctlCheck(files, view, routers).look(findings);
        kernel.lookAtSnooping(routers, findings);
        Collection<String> interfaces = interfaces(view);
        new NetworkManagerCheck(files, view).look(interfaces, findings);
        if (!listening.isZero()) {
            listen(libc, view, interfaces, rights, findings);
        }
        return findings.report();
    }

    private static @Nullable HostView lookAtHost(Libc libc, RightsCheck rights, Findings findings) {
        try (NetlinkConnection netlink = new NetlinkConnection(new LibcNetlink(libc))) {
            rights.lookNeeded(libc, netlink, findings);
            return HostView.of(netlink);
        } catch (NativeCallException e) {
            findings.error(
                    "interfaces", "The interfaces of this host cannot be read: " + e.getMessage());
            return null;
        }
    }

    private void listen(
            Libc libc,
            HostView view,
            Collection<String> interfaces,
            ProcessRights rights,
            Findings findings) {
        if (!rights.has(ProcessRights.Capability.NET_RAW)) {
            findings.note(
                    LanEars.LAN,
                    "Nobody listened for other routers on the LAN, which takes CAP_NET_RAW: run this as root to find foreign VRIDs and"
                            + " peers that are set up differently.");
            return;
        }
        List<VirtualRouterConfig> present =
                routers.stream().filter(r -> view.link(r.interfaceName()) != null).toList();
        try (LanEars ears = new LanEars(libc, view)) {
            ears.open(interfaces, present, findings);
            if (ears.interfaces().isEmpty()) {
                findings.note(LanEars.LAN, "There is no interface with an address to listen on.");
                return;
            }
            OwnerCheck owners = new OwnerCheck(view, present);
            owners.ask(libc, findings);
            LanCheck lan = new LanCheck(present, view, System.nanoTime());
            ears.listen(listening.toNanos(), lan);
            lan.report(ears.interfaces(), listening, findings);
            owners.report(lan::isAdvertised, findings);
        }
    }

    /** Those of the routers; without any, all that are up but the loopback. */
    private Collection<String> interfaces(HostView view) {
        Set<String> names = new LinkedHashSet<>();
        if (routers.isEmpty()) {
            List<Link> links = new ArrayList<>(view.links());
            links.removeIf(link -> !link.isUp() || link.isLoopback());
            links.forEach(link -> names.add(link.name()));
        }
        routers.forEach(router -> names.addAll(HostView.interfaceNames(router)));
        return names;
    }
}
