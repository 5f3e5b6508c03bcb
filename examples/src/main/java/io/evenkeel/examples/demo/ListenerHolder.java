package io.evenkeel.examples.demo;

import io.evenkeel.lb.netty.ProxyStartException;
import io.evenkeel.lb.netty.TcpProxy;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.netlink.AddressHolder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds the address on loopback. Every 127/8 address is on every node's host already, so what moves
 * with the address is the listener: it is open while this node owns the address, and only then.
 */
final class ListenerHolder implements AddressHolder {
    /**
     * The former Active keeps its listener until it hears the new one, and one port has one listener:
     * for that moment the new one has to wait.
     */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TcpProxy proxy;
    private final NodeReport report;

    ListenerHolder(TcpProxy proxy, NodeReport report) {
        this.proxy = proxy;
        this.report = report;
    }

    @Override
    public void acquire(VirtualAddress address) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                proxy.startListening();
                report.serving();
                return;
            } catch (ProxyStartException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    @Override
    public void release(VirtualAddress address) {
        proxy.stopListening();
        report.quiet();
    }
}
