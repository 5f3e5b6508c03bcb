package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.UdpFrontendConfig;
import java.util.List;

/** A udp-lb section while the file is read: what it has in common with a listen section, and its own. */
final class UdpDraft {
    static final List<String> BIND_WORDS =
            List.of("maxconn", "transparent", "nice", "shards", "thread", "namespace");

    final ProxyDraft proxy;
    int maxDatagramBytes = UdpFrontendConfig.LONGEST_DATAGRAM;
    int requests;
    int responses = UdpFrontendConfig.ANY_NUMBER;

    UdpDraft(String name, int line) {
        // Nothing is inherited from defaults, as in HAProxy Enterprise.
        proxy = new ProxyDraft(Section.UDP_LB, name, line, new ProxySettings());
    }
}
