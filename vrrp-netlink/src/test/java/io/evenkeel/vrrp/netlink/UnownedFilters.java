package io.evenkeel.vrrp.netlink;

import java.nio.ByteBuffer;
import java.util.Map;

/** A kernel before 5.12: it refuses tables that end with their socket, and does everything else as the one behind it. */
final class UnownedFilters implements NetlinkTransport {
    private final NetlinkTransport kernel;
    private boolean refused;

    UnownedFilters(NetlinkTransport kernel) {
        this.kernel = kernel;
    }

    @Override
    public ByteBuffer request() {
        return kernel.request();
    }

    @Override
    public void send(int length) {
        NetlinkReader message = new NetlinkReader(kernel.request(), length);
        while (message.nextMessage()) {
            if (message.type() == (Netfilter.NFNL_SUBSYS_NFTABLES << 8 | Netfilter.NFT_MSG_NEWTABLE)
                    && isOwned(message)) {
                refused = true;
                FilterReplies.write(
                        kernel.reply().clear(), Map.of(message.sequence(), -Errno.EINVAL));
                return;
            }
        }
        kernel.send(length);
    }

    private static boolean isOwned(NetlinkReader message) {
        message.rewindAttributes(FilterReplies.HEADER_SIZE);
        while (message.nextAttribute()) {
            if (message.attributeType() == Netfilter.NFTA_TABLE_FLAGS) {
                return message.attributeBytes()[3] == Netfilter.NFT_TABLE_F_OWNER;
            }
        }
        return false;
    }

    @Override
    public int receive() {
        if (refused) {
            refused = false;
            return kernel.reply().position();
        }
        return kernel.receive();
    }

    @Override
    public ByteBuffer reply() {
        return kernel.reply();
    }

    @Override
    public void close() {
        kernel.close();
    }
}
