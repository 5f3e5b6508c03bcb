package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a configuration asks for and this adapter does not do, though the routers can run without it. */
final class Shortfalls {
    private static final Logger LOG = LoggerFactory.getLogger(Shortfalls.class);

    private Shortfalls() {}

    static void warn(List<VirtualRouterConfig> routers) {
        for (VirtualRouterConfig router : routers) {
            of(router).forEach(LOG::warn);
        }
    }

    /** A sentence for each. */
    static List<String> of(VirtualRouterConfig router) {
        List<String> sentences = new ArrayList<>();
        for (VirtualAddress address : HostView.allAddresses(router)) {
            if (address.label() != null && !address.address().isIpv4()) {
                sentences.add(
                        "The label "
                                + address.label()
                                + " of "
                                + address.address()
                                + " in virtual router "
                                + router.name()
                                + " is left out: Linux labels IPv4 addresses alone.");
            }
        }
        return sentences;
    }
}
