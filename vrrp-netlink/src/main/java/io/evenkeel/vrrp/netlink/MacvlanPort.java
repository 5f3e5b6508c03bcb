package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The port of a router with a virtual MAC address: it hears by the router's own interface, which others share, and sends by the macvlan. */
final class MacvlanPort implements VrrpPort {
    private final RawPort parent;
    private final Macvlan macvlan;
    private final @Nullable MacvlanSocket socket;
    private long sendFailures;

    /**
     * @param socket by which to send, null for that of the parent
     */
    MacvlanPort(RawPort parent, Macvlan macvlan, @Nullable MacvlanSocket socket) {
        this.parent = parent;
        this.macvlan = macvlan;
        this.socket = socket;
    }

    Macvlan macvlan() {
        return macvlan;
    }

    @Override
    public VrrpPort hearing() {
        return parent;
    }

    @Override
    public int fd() {
        return parent.fd();
    }

    @Override
    public IpAddress localAddress() {
        return parent.localAddress();
    }

    @Override
    public boolean isAddressUsable() {
        return parent.isAddressUsable();
    }

    @Override
    public boolean hasAddress() {
        return parent.hasAddress();
    }

    /** The kernel does not tell by the macvlan that its parent is down. */
    @Override
    public boolean isUp() {
        return parent.isUp() && macvlan.isThere();
    }

    @Override
    public int receive(ReceivedPacket packet) {
        return parent.receive(packet);
    }

    @Override
    public ByteBuffer outgoing() {
        return socket == null ? parent.outgoing() : socket.outgoing();
    }

    /** Who sends is Active, and has the MAC address from then on. */
    @Override
    public int send(int length, IpAddress destination, int ttl) {
        if (socket == null) {
            return parent.send(length, destination, ttl);
        }
        int result = macvlan.raise();
        if (result == 0) {
            result = socket.send(length, destination, parent.localAddress());
        }
        if (result < 0) {
            sendFailures++;
        }
        return result;
    }

    @Override
    public @Nullable LaterSends laterSends() {
        return socket == null
                ? parent.laterSends()
                : socket.laterSends(parent, () -> sendFailures++);
    }

    @Override
    public long sendFailures() {
        return socket == null ? parent.sendFailures() : sendFailures;
    }

    /** Leaves the parent's socket open, which is not its own. */
    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
