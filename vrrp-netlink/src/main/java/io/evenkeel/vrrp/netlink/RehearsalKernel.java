package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.NLMSG_DONE;
import static io.evenkeel.vrrp.netlink.Netlink.NLMSG_ERROR;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Agrees to everything and does nothing. Of routes and rules it has at most one, so that both answers are heard. */
final class RehearsalKernel implements NetlinkTransport {
    private static final int SIZE = 1024;

    private final ByteBuffer request = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
    private final ByteBuffer reply = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
    private final NetlinkReader reader = new NetlinkReader(request, 0);
    private final NetlinkWriter writer = new NetlinkWriter(reply);
    private boolean routed;

    @Override
    public ByteBuffer request() {
        return request;
    }

    @Override
    public void send(int length) {
        reader.reset(request, length);
        reader.nextMessage();
        boolean list = (reader.flags() & Netlink.NLM_F_DUMP) == Netlink.NLM_F_DUMP;
        reply.clear();
        writer.message(list ? NLMSG_DONE : NLMSG_ERROR, 0, reader.sequence())
                .putInt(list ? 0 : answer(reader.type()))
                .end();
    }

    private int answer(int type) {
        boolean was = routed;
        return switch (type) {
            case Netlink.RTM_NEWROUTE, Netlink.RTM_NEWRULE -> {
                routed = true;
                yield was ? -Errno.EEXIST : 0;
            }
            case Netlink.RTM_DELROUTE, Netlink.RTM_DELRULE -> {
                routed = false;
                yield was ? 0 : -Errno.ESRCH;
            }
            default -> 0;
        };
    }

    @Override
    public int receive() {
        return reply.position();
    }

    @Override
    public ByteBuffer reply() {
        return reply;
    }

    @Override
    public void close() {}
}
