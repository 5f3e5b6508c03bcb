package io.evenkeel.vrrp.netlink;

import java.nio.ByteBuffer;
import java.util.Map;

/** What a kernel answers to a batch of requests to nf_tables. */
final class FilterReplies {
    /** Of {@code struct nfgenmsg}, which begins each request. */
    static final int HEADER_SIZE = 4;

    private FilterReplies() {}

    /**
     * Writes an acknowledgement for each number of a message.
     *
     * @param results 0 or a negated errno for each
     */
    static void write(ByteBuffer out, Map<Integer, Integer> results) {
        NetlinkWriter writer = new NetlinkWriter(out);
        results.forEach(
                (sequence, result) ->
                        writer.message(Netlink.NLMSG_ERROR, 0, sequence)
                                .putInt(result)
                                // The header of the request.
                                .putInt(Netlink.HEADER_SIZE)
                                .putInt(0)
                                .putInt(sequence)
                                .putInt(0)
                                .end());
    }
}
