package io.evenkeel.examples;

import io.evenkeel.lb.haproxy.HaproxyConfig;
import io.evenkeel.lb.netty.ProxyStartException;
import io.evenkeel.lb.netty.TcpProxy;
import io.evenkeel.lb.netty.Transport;
import io.evenkeel.vrrp.keepalived.KeepalivedConfig;
import io.evenkeel.vrrp.netlink.ThreadOptions;
import io.evenkeel.vrrp.netlink.VrrpService;
import io.evenkeel.vrrp.netlink.VrrpStartException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code run} runs: the proxy of an {@code haproxy.cfg}, the virtual routers of a {@code keepalived.conf}, or both. */
final class Node implements AutoCloseable {
    /** What the virtual routers run by. */
    private @Nullable KeepalivedConfig keepalived;

    /** Null after a change that has failed: what of it is in effect is not known then, and any file is a change. */
    private @Nullable HaproxyConfig haproxy;

    private final int threads;
    private boolean routersKnown = true;
    private final @Nullable TcpProxy proxy;
    private final @Nullable VrrpService vrrp;

    /**
     * Prepares both; nothing is opened yet.
     *
     * @param drainTimeout how long connections may go on after a stop
     * @param transport how the proxy's sockets are driven; null for the best that there is
     * @throws HostRefusal if the host does not have that
     */
    Node(ConfigFiles files, Duration drainTimeout, @Nullable Transport transport)
            throws HostRefusal {
        keepalived = files.keepalived();
        haproxy = files.haproxy();
        threads = haproxy == null ? 0 : haproxy.threads();
        proxy = haproxy == null ? null : proxy(haproxy, drainTimeout, transport);
        vrrp = keepalived == null || keepalived.routers().isEmpty() ? null : vrrp(keepalived);
    }

    private static VrrpService vrrp(KeepalivedConfig keepalived) {
        return VrrpService.builder()
                .routers(keepalived.routers())
                .syncGroups(keepalived.syncGroups())
                .scripts(keepalived.scripts())
                .trackedFiles(keepalived.trackedFiles())
                .trackedProcesses(keepalived.trackedProcesses())
                .trackedInterfaces(keepalived.trackedInterfaces())
                .notifyScripts(keepalived.notifyScripts())
                .staticAddresses(keepalived.staticAddresses())
                .threadOptions(threadOptions(keepalived))
                .staticRoutes(keepalived.staticRoutes())
                .staticRules(keepalived.staticRules())
                .interfaceDelays(keepalived.interfaceDelays())
                .scriptSecurity(keepalived.scriptSecurity())
                .build();
    }

    /** What the file asks for the VRRP thread. */
    static ThreadOptions threadOptions(KeepalivedConfig keepalived) {
        return ThreadOptions.defaults()
                .withRealTimePriority(keepalived.realTimePriority())
                .withLockedMemory(keepalived.lockedMemory());
    }

    private static TcpProxy proxy(
            HaproxyConfig haproxy, Duration drainTimeout, @Nullable Transport transport)
            throws HostRefusal {
        TcpProxy.Builder builder =
                TcpProxy.builder()
                        .config(haproxy.proxy())
                        .observer(new ProxyLog())
                        .drainTimeout(drainTimeout)
                        .closeSpread(haproxy.closeSpread());
        if (haproxy.hardStopAfter() != null) {
            builder.leaveTimeout(haproxy.hardStopAfter());
        }
        if (haproxy.threads() > 0) {
            builder.eventLoops(haproxy.threads());
        }
        if (transport != null) {
            try {
                builder.transport(transport);
            } catch (IllegalArgumentException e) {
                throw new HostRefusal(e.getMessage(), e);
            }
        }
        return builder.build();
    }

    /**
     * Starts the proxy and then the virtual routers, so that an address is served from the moment it arrives.
     *
     * @throws HostRefusal if the host refuses either; nothing is left running or changed
     */
    void start() throws HostRefusal {
        try {
            if (proxy != null) {
                proxy.start();
            }
            if (vrrp != null) {
                vrrp.start();
            }
        } catch (ProxyStartException e) {
            throw new HostRefusal(e.getMessage(), e);
        } catch (VrrpStartException e) {
            close();
            throw new HostRefusal(located(e, keepalived), e);
        }
    }

    /**
     * Gives what runs what the files say now: first the proxy, so that an address is served from the moment it arrives. Of the virtual
     * routers nothing is changed when the file asks for something else besides.
     *
     * @return what came of it, as sentences for the log
     * @throws HostRefusal if the host refuses; what was told so far is in effect, the rest was not changed
     */
    synchronized List<String> reload(ConfigFiles files) throws HostRefusal {
        List<String> done = new ArrayList<>();
        HaproxyConfig nextProxy = files.haproxy();
        if (proxy != null && nextProxy != null) {
            done.add(reloadProxy(proxy, nextProxy));
        }
        KeepalivedConfig nextRouters = files.keepalived();
        if (nextRouters != null) {
            try {
                done.add(reloadRouters(nextRouters));
            } catch (HostRefusal e) {
                throw done.isEmpty()
                        ? e
                        : new HostRefusal(
                                done.get(0) + ", but of the virtual routers " + e.getMessage(), e);
            }
        }
        return done;
    }

    private String reloadProxy(TcpProxy running, HaproxyConfig next) throws HostRefusal {
        HaproxyConfig before = haproxy;
        boolean same = before != null && before.proxy().equals(next.proxy());
        try {
            if (same) {
                // The files of certificates may be others, though the one that names them is not.
                running.reloadCertificates();
            } else {
                haproxy = null;
                running.apply(next.proxy());
                haproxy = next;
            }
        } catch (ProxyStartException e) {
            throw new HostRefusal(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new HostRefusal("nothing was changed: " + e.getMessage(), e);
        }
        return (same ? "the proxy stays as it is" : "the proxy is as the file says now")
                + (threads == next.threads()
                        ? ""
                        : ", with as many threads as before until the next start");
    }

    private String reloadRouters(KeepalivedConfig next) throws HostRefusal {
        if (vrrp == null || keepalived == null || next.routers().isEmpty()) {
            return "what changed in the virtual routers takes effect at the next start";
        }
        if (routersKnown
                && next.routers().equals(keepalived.routers())
                && next.notifyScripts().equals(keepalived.notifyScripts())) {
            return surroundings(next).equals(surroundings(keepalived))
                    ? "the virtual routers stay as they are"
                    : "the virtual routers stay as they are; what else changed takes effect at the next start";
        }
        if (!surroundings(next).equals(surroundings(keepalived))) {
            return "scripts, tracked sources, groups, static addresses, routes or rules, or the rights of the VRRP thread changed; that and the changes of the virtual routers"
                    + " take effect at the next start";
        }
        routersKnown = false;
        try {
            vrrp.reconfigure(next.routers(), next.notifyScripts());
        } catch (VrrpStartException e) {
            throw new HostRefusal("nothing was changed: " + located(e, next), e);
        } catch (IllegalArgumentException e) {
            throw new HostRefusal("nothing was changed: " + e.getMessage(), e);
        }
        keepalived = next;
        routersKnown = true;
        return "the virtual routers are as the file says now";
    }

    private static List<Object> surroundings(KeepalivedConfig config) {
        return List.of(
                config.syncGroups(),
                config.scripts(),
                config.trackedFiles(),
                config.trackedProcesses(),
                config.trackedInterfaces(),
                config.staticAddresses(),
                config.realTimePriority(),
                config.lockedMemory(),
                config.staticRoutes(),
                config.staticRules(),
                config.interfaceDelays(),
                config.scriptSecurity());
    }

    private static String located(VrrpStartException e, @Nullable KeepalivedConfig files) {
        String router = e.router();
        return router == null || files == null
                ? String.valueOf(e.getMessage())
                : files.interfaceProblem(router, String.valueOf(e.getMessage())).toString();
    }

    /** Hands the addresses over, and only then stops to serve them. */
    @Override
    public void close() {
        if (vrrp != null) {
            vrrp.close();
        }
        if (proxy != null) {
            proxy.close();
        }
    }

    /** The host cannot do what the configuration asks for; the message is for people. */
    static final class HostRefusal extends Exception {
        private static final long serialVersionUID = 1L;

        HostRefusal(@Nullable String message, Throwable cause) {
            super(message, cause);
        }
    }
}
