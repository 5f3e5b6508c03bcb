package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netfilter.NFT_REG_1;
import static io.evenkeel.vrrp.netlink.Netfilter.NFT_REG_2;
import static io.evenkeel.vrrp.netlink.Netlink.NLA_F_NESTED;

/** Writes the rules of the chain, each as the little program that the kernel runs for a packet to this host. */
final class FilterRule {
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int ND_NEIGHBOR_SOLICIT = 135;
    private static final int ND_NEIGHBOR_ADVERT = 136;

    /** Where the destination is in the header of IPv4 and of IPv6. */
    private static final int IPV4_DESTINATION = 16;

    private static final int IPV6_DESTINATION = 24;

    private final NetlinkWriter out;

    private FilterRule(NetlinkWriter out) {
        this.out = out;
    }

    /** All rules, in their order. */
    static void addAll(FilterBatch batch, NetlinkWriter out) {
        FilterRule rule = new FilterRule(out);
        // The addresses stay known to the neighbours (RFC 9568, section 6.1).
        rule.acceptNeighbourDiscovery(batch, ND_NEIGHBOR_SOLICIT);
        rule.acceptNeighbourDiscovery(batch, ND_NEIGHBOR_ADVERT);
        rule.drop(batch, Netfilter.NFPROTO_IPV4, IPV4_DESTINATION, 4, FilterBatch.IPV4_SET);
        rule.drop(batch, Netfilter.NFPROTO_IPV6, IPV6_DESTINATION, 16, FilterBatch.IPV6_SET);
        rule.drop(batch, Netfilter.NFPROTO_IPV6, IPV6_DESTINATION, 16, FilterBatch.LINK_LOCAL_SET);
    }

    private void acceptNeighbourDiscovery(FilterBatch batch, int type) {
        batch.beginRule();
        int program = out.beginNest(Netfilter.NFTA_RULE_EXPRESSIONS | NLA_F_NESTED);
        meta(Netfilter.NFT_META_NFPROTO, NFT_REG_1);
        requireByte(Netfilter.NFPROTO_IPV6);
        meta(Netfilter.NFT_META_L4PROTO, NFT_REG_1);
        requireByte(IPPROTO_ICMPV6);
        payload(Netfilter.NFT_PAYLOAD_TRANSPORT_HEADER, 0, 1);
        requireByte(type);
        verdict(Netfilter.NF_ACCEPT);
        out.endNest(program).end();
    }

    private void drop(FilterBatch batch, int family, int offset, int length, String set) {
        batch.beginRule();
        int program = out.beginNest(Netfilter.NFTA_RULE_EXPRESSIONS | NLA_F_NESTED);
        meta(Netfilter.NFT_META_NFPROTO, NFT_REG_1);
        requireByte(family);
        payload(Netfilter.NFT_PAYLOAD_NETWORK_HEADER, offset, length);
        if (set.equals(FilterBatch.LINK_LOCAL_SET)) {
            meta(Netfilter.NFT_META_IIFNAME, NFT_REG_2);
        }
        lookup(set);
        counter();
        verdict(Netfilter.NF_DROP);
        out.endNest(program).end();
    }

    private void meta(int key, int register) {
        int expression = begin("meta");
        int data = out.beginNest(Netfilter.NFTA_EXPR_DATA | NLA_F_NESTED);
        out.networkIntAttribute(Netfilter.NFTA_META_KEY, key)
                .networkIntAttribute(Netfilter.NFTA_META_DREG, register)
                .endNest(data)
                .endNest(expression);
    }

    /** Goes on only if the first register holds this byte. */
    private void requireByte(int value) {
        int expression = begin("cmp");
        int data = out.beginNest(Netfilter.NFTA_EXPR_DATA | NLA_F_NESTED);
        out.networkIntAttribute(Netfilter.NFTA_CMP_SREG, NFT_REG_1)
                .networkIntAttribute(Netfilter.NFTA_CMP_OP, Netfilter.NFT_CMP_EQ);
        int operand = out.beginNest(Netfilter.NFTA_CMP_DATA | NLA_F_NESTED);
        out.byteAttribute(Netfilter.NFTA_DATA_VALUE, value)
                .endNest(operand)
                .endNest(data)
                .endNest(expression);
    }

    /** Bytes of the packet into the first register. */
    private void payload(int header, int offset, int length) {
        int expression = begin("payload");
        int data = out.beginNest(Netfilter.NFTA_EXPR_DATA | NLA_F_NESTED);
        out.networkIntAttribute(Netfilter.NFTA_PAYLOAD_DREG, NFT_REG_1)
                .networkIntAttribute(Netfilter.NFTA_PAYLOAD_BASE, header)
                .networkIntAttribute(Netfilter.NFTA_PAYLOAD_OFFSET, offset)
                .networkIntAttribute(Netfilter.NFTA_PAYLOAD_LEN, length)
                .endNest(data)
                .endNest(expression);
    }

    /** Goes on only if what begins in the first register is in the set. */
    private void lookup(String set) {
        int expression = begin("lookup");
        int data = out.beginNest(Netfilter.NFTA_EXPR_DATA | NLA_F_NESTED);
        out.networkIntAttribute(Netfilter.NFTA_LOOKUP_SREG, NFT_REG_1)
                .stringAttribute(Netfilter.NFTA_LOOKUP_SET, set)
                .endNest(data)
                .endNest(expression);
    }

    private void counter() {
        int expression = begin("counter");
        out.endNest(out.beginNest(Netfilter.NFTA_EXPR_DATA | NLA_F_NESTED)).endNest(expression);
    }

    private void verdict(int code) {
        int expression = begin("immediate");
        int data = out.beginNest(Netfilter.NFTA_EXPR_DATA | NLA_F_NESTED);
        out.networkIntAttribute(Netfilter.NFTA_IMMEDIATE_DREG, Netfilter.NFT_REG_VERDICT);
        int operand = out.beginNest(Netfilter.NFTA_IMMEDIATE_DATA | NLA_F_NESTED);
        int verdict = out.beginNest(Netfilter.NFTA_DATA_VERDICT | NLA_F_NESTED);
        out.networkIntAttribute(Netfilter.NFTA_VERDICT_CODE, code)
                .endNest(verdict)
                .endNest(operand)
                .endNest(data)
                .endNest(expression);
    }

    private int begin(String name) {
        int expression = out.beginNest(Netfilter.NFTA_LIST_ELEM | NLA_F_NESTED);
        out.stringAttribute(Netfilter.NFTA_EXPR_NAME, name);
        return expression;
    }
}
