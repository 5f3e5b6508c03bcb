package io.evenkeel.examples;

import io.evenkeel.lb.haproxy.HaproxyConfig;
import io.evenkeel.lb.netty.ProxyStartException;
import io.evenkeel.lb.netty.TcpProxy;
import io.evenkeel.vrrp.keepalived.KeepalivedConfig;
import io.evenkeel.vrrp.netlink.VrrpService;
import io.evenkeel.vrrp.netlink.VrrpStartException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What {@code run} runs: the proxy of an {@code haproxy.cfg}, the virtual routers of a {@code keepalived.conf}, or both. */
final class Node implements AutoCloseable {
    private final @Nullable KeepalivedConfig keepalived;
    private final @Nullable TcpProxy proxy;
    private final @Nullable VrrpService vrrp;

    /**
     * Prepares both; nothing is opened yet.
     *
     * @param drainTimeout how long connections may go on after a stop
     */
    Node(ConfigFiles files, Duration drainTimeout) {
        keepalived = files.keepalived();
        HaproxyConfig haproxy = files.haproxy();
        proxy = haproxy == null ? null : proxy(haproxy, drainTimeout);
        vrrp =
                keepalived == null || keepalived.routers().isEmpty()
                        ? null
                        : VrrpService.builder()
                                .routers(keepalived.routers())
                                .scripts(keepalived.scripts())
                                .build();
    }

    private static TcpProxy proxy(HaproxyConfig haproxy, Duration drainTimeout) {
        TcpProxy.Builder builder =
                TcpProxy.builder()
                        .config(haproxy.proxy())
                        .observer(new ProxyLog())
                        .drainTimeout(drainTimeout);
        if (haproxy.threads() > 0) {
            builder.eventLoops(haproxy.threads());
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
            throw new HostRefusal(located(e), e);
        }
    }

    private String located(VrrpStartException e) {
        String router = e.router();
        return router == null || keepalived == null
                ? String.valueOf(e.getMessage())
                : keepalived.interfaceProblem(router, String.valueOf(e.getMessage())).toString();
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
