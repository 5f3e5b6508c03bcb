package io.evenkeel.vrrp.netlink;

/** Numbers of {@code linux/netlink.h} and {@code linux/rtnetlink.h}. */
final class Netlink {
    static final int NETLINK_ROUTE = 0;
    static final int HEADER_SIZE = 16;
    static final int ATTRIBUTE_HEADER_SIZE = 4;

    static final int NLMSG_ERROR = 2;
    static final int NLMSG_DONE = 3;
    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;
    static final int RTM_GETLINK = 18;
    static final int RTM_SETLINK = 19;
    static final int RTM_NEWADDR = 20;
    static final int RTM_DELADDR = 21;
    static final int RTM_GETADDR = 22;
    static final int RTM_NEWROUTE = 24;
    static final int RTM_DELROUTE = 25;
    static final int RTM_GETROUTE = 26;
    static final int RTM_NEWRULE = 32;
    static final int RTM_DELRULE = 33;
    static final int RTM_GETRULE = 34;
    static final int RTM_NEWNETCONF = 80;

    static final int NLM_F_REQUEST = 0x1;
    static final int NLM_F_ACK = 0x4;
    static final int NLM_F_DUMP_INTR = 0x10;

    /** In the answer to a request: the request is not repeated in it, and attributes follow. */
    static final int NLM_F_CAPPED = 0x100;

    static final int NLM_F_ACK_TLVS = 0x200;

    /** The attribute of an answer that is a sentence of the kernel's. */
    static final int NLMSGERR_ATTR_MSG = 1;

    static final int NLM_F_REPLACE = 0x100;
    static final int NLM_F_EXCL = 0x200;
    static final int NLM_F_CREATE = 0x400;
    static final int NLM_F_APPEND = 0x800;
    static final int NLM_F_DUMP = 0x300;

    /** In the type of an attribute: it holds others. */
    static final int NLA_F_NESTED = 0x8000;

    static final int RTMGRP_LINK = 0x1;
    static final int RTMGRP_IPV4_IFADDR = 0x10;
    static final int RTMGRP_IPV6_IFADDR = 0x100;

    /** RTNLGRP_IPV6_NETCONF: whether an interface forwards. */
    static final int RTMGRP_IPV6_NETCONF = 0x100_0000;

    static final int IFINFOMSG_SIZE = 16;
    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_LINK = 5;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_IFALIAS = 20;
    static final int IFLA_AF_SPEC = 26;
    static final int IFLA_INFO_KIND = 1;
    static final int IFLA_INFO_DATA = 2;
    static final int IFLA_MACVLAN_MODE = 1;
    static final int MACVLAN_MODE_BRIDGE = 4;
    static final int IFLA_INET_CONF = 1;
    static final int IFLA_INET6_ADDR_GEN_MODE = 8;
    static final int IN6_ADDR_GEN_MODE_NONE = 1;
    static final int IFLA_INET6_CONF = 2;
    static final int IFF_UP = 0x1;
    static final int IFF_LOOPBACK = 0x8;
    static final int IFF_RUNNING = 0x40;

    static final int IFADDRMSG_SIZE = 8;
    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;
    static final int IFA_LABEL = 3;
    static final int IFA_BROADCAST = 4;
    static final int IFA_CACHEINFO = 6;
    static final int IFA_FLAGS = 8;
    static final int IFA_RT_PRIORITY = 9;
    static final int IFA_PROTO = 11;
    static final int IFA_CACHEINFO_SIZE = 16;
    static final int IFA_F_SECONDARY = 0x01;
    static final int IFA_F_NODAD = 0x02;
    static final int IFA_F_OPTIMISTIC = 0x04;
    static final int IFA_F_DADFAILED = 0x08;
    static final int IFA_F_TENTATIVE = 0x40;
    static final int IFA_F_PERMANENT = 0x80;
    static final int IFA_F_NOPREFIXROUTE = 0x200;

    static final int RTMSG_SIZE = 12;
    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;
    static final int RTA_PRIORITY = 6;
    static final int RTA_PREFSRC = 7;
    static final int RTA_METRICS = 8;
    static final int RTA_TABLE = 15;
    static final int RTAX_MTU = 2;
    static final int RTNH_F_ONLINK = 4;

    static final int FIB_RULE_HDR_SIZE = 12;
    static final int FIB_RULE_INVERT = 0x2;
    static final int FRA_DST = 1;
    static final int FRA_SRC = 2;
    static final int FRA_IIFNAME = 3;
    static final int FRA_PRIORITY = 6;
    static final int FRA_FWMARK = 10;
    static final int FRA_SUPPRESS_PREFIXLEN = 14;
    static final int FRA_TABLE = 15;
    static final int FRA_FWMASK = 16;
    static final int FRA_OIFNAME = 17;
    static final int FRA_PROTOCOL = 21;

    static final int SOL_NETLINK = 270;

    /** Has the kernel look at what a request for a list asks for, rather than at the family alone (Linux 4.20). */
    static final int NETLINK_GET_STRICT_CHK = 12;

    /** A lifetime that does not end. */
    static final int FOREVER = -1;

    /** The origin (IFA_PROTO) that marks an address as leased by Evenkeel. 0 to 3 are the kernel's own. */
    static final int EVENKEEL_ORIGIN = 0x70;

    /** The origin of an address that Evenkeel put there for good: it counts as one of the host's. */
    static final int EVENKEEL_STATIC_ORIGIN = 0x71;

    private Netlink() {}
}
