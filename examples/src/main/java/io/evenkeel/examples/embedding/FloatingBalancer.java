package io.evenkeel.examples.embedding;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.netty.ProxyObserver;
import io.evenkeel.lb.netty.TcpProxy;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.netlink.VrrpListener;
import io.evenkeel.vrrp.netlink.VrrpNetwork;
import io.evenkeel.vrrp.netlink.VrrpService;
import java.util.List;

/**
 * Both halves: the address goes to a node that has servers to serve it with. While the pool is empty the node's priority
 * is lower by 100, so that a peer with servers takes the address in the time of one advertisement.
 */
public final class FloatingBalancer implements AutoCloseable {
    private static final String POOL = "pool";

    private final TcpProxy proxy;
    private final VrrpService vrrp;

    /** Prepares both; nothing is opened yet. */
    public FloatingBalancer(
            VrrpNetwork network,
            VirtualRouterConfig router,
            ProxyConfig config,
            VrrpListener listener) {
        vrrp =
                VrrpService.builder()
                        .network(network)
                        .router(
                                router.toBuilder()
                                        .trackers(List.of(new Tracker(POOL, -100)))
                                        .build())
                        .listener(listener)
                        .build();
        proxy = TcpProxy.builder().config(config).observer(new PoolWatch()).build();
    }

    /** Serves first, then competes for the address. */
    public void start() throws Exception {
        vrrp.report(POOL, false);
        proxy.start();
        vrrp.start();
    }

    /** Gives the address away first, then stops to serve it. */
    @Override
    public void close() {
        vrrp.close();
        proxy.close();
    }

    private final class PoolWatch implements ProxyObserver {
        @Override
        public void onUsableCountChange(Backend backend, int before, int now) {
            vrrp.report(POOL, now > 0);
        }
    }
}
