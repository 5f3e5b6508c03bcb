package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One virtual router as a state machine (RFC 9568, section 6.4). */
public final class VirtualRouter {

    /** "No timer runs": later than any time. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private final VirtualRouterConfig config;
    private final RouterCounters counters = new RouterCounters();

    public VirtualRouter(VirtualRouterConfig config) {
        this.config = config;
    }

    public VirtualRouterConfig config() {
        return config;
    }

    public void setLocalAddress(IpAddress primary) {
        throw new UnsupportedOperationException("being written");
    }

    public void startup(long nowNanos, ActionSink sink) {
        throw new UnsupportedOperationException("being written");
    }

    public void shutdown(long nowNanos, ActionSink sink) {
        throw new UnsupportedOperationException("being written");
    }

    public void handover(long nowNanos, ActionSink sink) {
        throw new UnsupportedOperationException("being written");
    }

    public @Nullable PacketRejection handlePacket(
            ReceivedPacket packet, long nowNanos, ActionSink sink) {
        throw new UnsupportedOperationException("being written");
    }

    public void handleDeadline(long nowNanos, ActionSink sink) {
        throw new UnsupportedOperationException("being written");
    }

    public void handleInterface(boolean up, long nowNanos, ActionSink sink) {
        throw new UnsupportedOperationException("being written");
    }

    public void handleTracker(String name, boolean up, long nowNanos, ActionSink sink) {
        throw new UnsupportedOperationException("being written");
    }

    public long nextDeadlineNanos() {
        return NO_DEADLINE;
    }

    public VrrpState state() {
        return VrrpState.INITIALIZE;
    }

    public int effectivePriority() {
        return config.priority();
    }

    public boolean isStopped() {
        return true;
    }

    public RouterCounters counters() {
        return counters;
    }

    public int encode(Action.SendAdvertisement action, ByteBuffer out) {
        throw new UnsupportedOperationException("being written");
    }
}
