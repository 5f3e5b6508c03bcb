package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_ACK;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_CREATE;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_EXCL;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_REQUEST;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes requests to nf_tables that the kernel takes as a whole or not at all: a table whose one chain drops what is sent to the
 * addresses of three sets.
 */
final class FilterBatch {
    static final String IPV4_SET = "virtual_ipv4";
    static final String IPV6_SET = "virtual_ipv6";
    static final String LINK_LOCAL_SET = "virtual_link_local";

    /** What `nft list ruleset` says of the table; `nft` shows up to 127 characters. */
    static final String COMMENT =
            "Evenkeel: VRRP routers without Accept_Mode (no_accept, vrrp_strict) take no packets to these addresses";

    private static final String CHAIN = "input";

    /** Before the filters that are usual, as keepalived's. */
    private static final int PRIORITY = -1;

    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;
    private static final int INTERFACE_NAME_LENGTH = 16;

    /** The beginning of a message and its first address, with the longest names; another address takes less. */
    private static final int MOST_BYTES_OF_AN_ENTRY = 384;

    private static final int END_BYTES = 20;

    private static final int MOST_BYTES_OF_A_COMMENT = 100;

    private final ByteBuffer out;
    private final NetlinkWriter writer;
    private final String table;
    private final int first;
    private int sequence;
    private int lastAcknowledged;

    /** Begins at the start of the buffer; the first message has this number. */
    FilterBatch(ByteBuffer out, String table, int first) {
        this.out = out.clear();
        this.table = table;
        this.first = first;
        writer = new NetlinkWriter(out);
        sequence = first;
        writer.message(Netfilter.NFNL_MSG_BATCH_BEGIN, NLM_F_REQUEST, sequence)
                .putByte(0)
                .putByte(0)
                // The subsystem, in network byte order.
                .putByte(0)
                .putByte(Netfilter.NFNL_SUBSYS_NFTABLES)
                .end();
    }

    /** The number of the first message. */
    int first() {
        return first;
    }

    /** The number of the last message that the kernel acknowledges. */
    int last() {
        return lastAcknowledged;
    }

    /**
     * A table, if there is none of the name.
     *
     * @param owned whether it ends with the socket
     * @param exclusively whether it is an error if there is one
     */
    FilterBatch addTable(boolean owned, boolean exclusively) {
        message(Netfilter.NFT_MSG_NEWTABLE, NLM_F_CREATE | (exclusively ? NLM_F_EXCL : 0));
        writer.stringAttribute(Netfilter.NFTA_TABLE_NAME, table)
                .networkIntAttribute(
                        Netfilter.NFTA_TABLE_FLAGS, owned ? Netfilter.NFT_TABLE_F_OWNER : 0)
                .bytesAttribute(Netfilter.NFTA_TABLE_USERDATA, comment(COMMENT));
        writer.end();
        return this;
    }

    FilterBatch removeTable() {
        message(Netfilter.NFT_MSG_DELTABLE, 0);
        writer.stringAttribute(Netfilter.NFTA_TABLE_NAME, table);
        writer.end();
        return this;
    }

    /** What is in the table: the sets, still empty, and the chain with its rules. */
    FilterBatch addRules() {
        addSet(1, IPV4_SET, Netfilter.TYPE_IPV4_ADDRESS, IPV4_LENGTH);
        addSet(2, IPV6_SET, Netfilter.TYPE_IPV6_ADDRESS, IPV6_LENGTH);
        addSet(
                3,
                LINK_LOCAL_SET,
                Netfilter.TYPE_IPV6_ADDRESS << Netfilter.TYPE_BITS | Netfilter.TYPE_INTERFACE_NAME,
                IPV6_LENGTH + INTERFACE_NAME_LENGTH);
        addChain();
        FilterRule.addAll(this, writer);
        return this;
    }

    /** As many of the addresses as fit into the buffer; they are taken off the map. */
    FilterBatch addEntries(Map<FilterEntry, String> entries) {
        addEntries(IPV4_SET, entries);
        addEntries(IPV6_SET, entries);
        addEntries(LINK_LOCAL_SET, entries);
        return this;
    }

    /** Ends it; without that the kernel looks whether it could do all of it, and does nothing. */
    FilterBatch end() {
        writer.message(Netfilter.NFNL_MSG_BATCH_END, NLM_F_REQUEST, ++sequence)
                .putByte(0)
                .putByte(0)
                .putByte(0)
                .putByte(Netfilter.NFNL_SUBSYS_NFTABLES)
                .end();
        return this;
    }

    /** Starts the message of a rule; {@link NetlinkWriter#end} ends it. */
    void beginRule() {
        message(Netfilter.NFT_MSG_NEWRULE, NLM_F_CREATE | Netlink.NLM_F_APPEND);
        writer.stringAttribute(Netfilter.NFTA_RULE_TABLE, table)
                .stringAttribute(Netfilter.NFTA_RULE_CHAIN, CHAIN);
    }

    /** User data that `nft` shows as a comment. */
    static byte[] comment(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] data = new byte[2 + bytes.length + 1];
        data[0] = Netfilter.UDATA_COMMENT;
        data[1] = (byte) (bytes.length + 1);
        System.arraycopy(bytes, 0, data, 2, bytes.length);
        return data;
    }

    private void addChain() {
        message(Netfilter.NFT_MSG_NEWCHAIN, NLM_F_CREATE);
        writer.stringAttribute(Netfilter.NFTA_CHAIN_TABLE, table)
                .stringAttribute(Netfilter.NFTA_CHAIN_NAME, CHAIN)
                .stringAttribute(Netfilter.NFTA_CHAIN_TYPE, "filter");
        int hook = writer.beginNest(Netfilter.NFTA_CHAIN_HOOK | Netlink.NLA_F_NESTED);
        writer.networkIntAttribute(Netfilter.NFTA_HOOK_HOOKNUM, Netfilter.NF_INET_LOCAL_IN)
                .networkIntAttribute(Netfilter.NFTA_HOOK_PRIORITY, PRIORITY)
                .endNest(hook)
                .networkIntAttribute(Netfilter.NFTA_CHAIN_POLICY, Netfilter.NF_ACCEPT)
                .end();
    }

    private void addSet(int number, String name, int keyType, int keyLength) {
        ByteBuffer order = ByteBuffer.allocate(6).order(out.order());
        order.put((byte) Netfilter.UDATA_SET_KEY_BYTE_ORDER)
                .put((byte) 4)
                .putInt(Netfilter.BYTE_ORDER_NETWORK);
        message(Netfilter.NFT_MSG_NEWSET, NLM_F_CREATE);
        writer.stringAttribute(Netfilter.NFTA_SET_TABLE, table)
                .stringAttribute(Netfilter.NFTA_SET_NAME, name)
                .networkIntAttribute(Netfilter.NFTA_SET_KEY_TYPE, keyType)
                .networkIntAttribute(Netfilter.NFTA_SET_KEY_LEN, keyLength)
                .networkIntAttribute(Netfilter.NFTA_SET_ID, number)
                .bytesAttribute(Netfilter.NFTA_SET_USERDATA, order.array())
                .end();
    }

    private void addEntries(String set, Map<FilterEntry, String> entries) {
        if (!hasRoom() || entries.keySet().stream().noneMatch(e -> setOf(e).equals(set))) {
            return;
        }
        message(Netfilter.NFT_MSG_NEWSETELEM, NLM_F_CREATE);
        writer.stringAttribute(Netfilter.NFTA_SET_ELEM_LIST_TABLE, table)
                .stringAttribute(Netfilter.NFTA_SET_ELEM_LIST_SET, set);
        int list = writer.beginNest(Netfilter.NFTA_SET_ELEM_LIST_ELEMENTS | Netlink.NLA_F_NESTED);
        Iterator<Map.Entry<FilterEntry, String>> remaining = entries.entrySet().iterator();
        while (remaining.hasNext() && hasRoom()) {
            Map.Entry<FilterEntry, String> entry = remaining.next();
            if (setOf(entry.getKey()).equals(set)) {
                addEntry(entry.getKey(), entry.getValue());
                remaining.remove();
            }
        }
        writer.endNest(list).end();
    }

    private void addEntry(FilterEntry entry, String router) {
        int element = writer.beginNest(Netfilter.NFTA_LIST_ELEM | Netlink.NLA_F_NESTED);
        int key = writer.beginNest(Netfilter.NFTA_SET_ELEM_KEY | Netlink.NLA_F_NESTED);
        if (entry.interfaceName().isEmpty()) {
            writer.addressAttribute(Netfilter.NFTA_DATA_VALUE, entry.address());
        } else {
            byte[] name = entry.interfaceName().getBytes(StandardCharsets.UTF_8);
            writer.addressAttribute(
                            Netfilter.NFTA_DATA_VALUE, entry.address(), INTERFACE_NAME_LENGTH)
                    .payload(Arrays.copyOf(name, INTERFACE_NAME_LENGTH));
        }
        String comment = router;
        while (comment.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES_OF_A_COMMENT) {
            comment = comment.substring(0, comment.length() - 1);
        }
        writer.endNest(key)
                .bytesAttribute(Netfilter.NFTA_SET_ELEM_USERDATA, comment(comment))
                .endNest(element);
    }

    private static String setOf(FilterEntry entry) {
        if (entry.address().isIpv4()) {
            return IPV4_SET;
        }
        return entry.interfaceName().isEmpty() ? IPV6_SET : LINK_LOCAL_SET;
    }

    private boolean hasRoom() {
        return out.remaining() >= MOST_BYTES_OF_AN_ENTRY + END_BYTES;
    }

    private void message(int type, int flags) {
        lastAcknowledged = ++sequence;
        writer.message(
                        Netfilter.NFNL_SUBSYS_NFTABLES << 8 | type,
                        NLM_F_REQUEST | NLM_F_ACK | flags,
                        sequence)
                .putByte(Netfilter.NFPROTO_INET)
                .putByte(0)
                .putShort(0);
    }
}
