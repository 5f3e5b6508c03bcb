package io.evenkeel.examples;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.UdpFrontendConfig;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Addresses that a frontend listens on and of which the virtual router lets nothing through to it. */
final class UnacceptedBinds {
    private final Map<IpAddress, VirtualRouterConfig> routers = new LinkedHashMap<>();

    private UnacceptedBinds(List<VirtualRouterConfig> all) {
        all.stream()
                .filter(router -> !router.acceptMode())
                .forEach(router -> addresses(router).forEach(a -> routers.put(a, router)));
        all.stream()
                .filter(VirtualRouterConfig::acceptMode)
                .forEach(router -> addresses(router).forEach(routers::remove));
    }

    /** A sentence for each. */
    static List<String> of(List<VirtualRouterConfig> routers, ProxyConfig proxy) {
        UnacceptedBinds unaccepted = new UnacceptedBinds(routers);
        List<String> sentences = new ArrayList<>();
        for (FrontendConfig frontend : proxy.frontends()) {
            frontend.binds().forEach(bind -> unaccepted.look(frontend, bind, sentences));
        }
        for (UdpFrontendConfig frontend : proxy.udpFrontends()) {
            frontend.binds().forEach(bind -> unaccepted.look(frontend, bind, sentences));
        }
        return sentences;
    }

    private void look(Object frontend, BindAddress bind, List<String> sentences) {
        VirtualRouterConfig router;
        try {
            router = routers.get(IpAddress.parse(bind.host()));
        } catch (IllegalArgumentException e) {
            // A name, which stands for whatever it will.
            return;
        }
        if (router != null) {
            sentences.add(
                    frontend
                            + " listens on "
                            + bind
                            + ", an address to which "
                            + router.name()
                            + " accepts no packets (no_accept, or strict mode): no client will reach it; write '"
                            // Which strict mode of version 2 does not allow.
                            + (router.strict() && router.version() == VrrpVersion.V2
                                    ? "strict_mode off"
                                    : "accept")
                            + "' in that vrrp_instance");
        }
    }

    private static Stream<IpAddress> addresses(VirtualRouterConfig router) {
        return Stream.concat(router.addresses().stream(), router.excludedAddresses().stream())
                .map(VirtualAddress::address);
    }
}
