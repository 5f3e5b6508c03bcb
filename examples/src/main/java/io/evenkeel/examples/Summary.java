package io.evenkeel.examples;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.UdpFrontendConfig;
import io.evenkeel.lb.haproxy.HaproxyConfig;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.keepalived.KeepalivedConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A configuration in a few lines, so that a person sees that it was understood. */
final class Summary {
    /** What is said where there are no such lines. */
    static final String NOTHING =
            "there is nothing to run: the files name no virtual router and no frontend";

    private Summary() {}

    static String of(ConfigFiles files) {
        List<String> lines = new ArrayList<>();
        KeepalivedConfig keepalived = files.keepalived();
        if (keepalived != null) {
            keepalived.routers().forEach(router -> lines.add("virtual router " + describe(router)));
            keepalived
                    .syncGroups()
                    .forEach(
                            group ->
                                    lines.add(
                                            "sync group "
                                                    + group.name()
                                                    + ": "
                                                    + String.join(", ", group.members())));
        }
        HaproxyConfig haproxy = files.haproxy();
        if (haproxy != null) {
            haproxy.proxy().frontends().forEach(frontend -> lines.add(describe(frontend)));
            haproxy.proxy().udpFrontends().forEach(frontend -> lines.add(describe(frontend)));
            haproxy.proxy().backends().forEach(backend -> lines.add(describe(backend)));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String describe(VirtualRouterConfig router) {
        return router.name()
                + ": VRRP"
                + router.version().name().toLowerCase(java.util.Locale.ROOT)
                + ", VRID "
                + router.virtualRouterId()
                + " on "
                + router.interfaceName()
                + ", priority "
                + router.priority()
                + ", every "
                + router.advertisementIntervalNanos() / 1_000_000
                + " ms, "
                + (router.destinations().isUnicast() ? "to " + router.destinations() + ", " : "")
                + router.addresses().stream()
                        .map(a -> a.address() + "/" + a.prefixLength())
                        .collect(Collectors.joining(" "));
    }

    private static String describe(FrontendConfig frontend) {
        return frontend
                + ": "
                + frontend.binds().stream()
                        .map(bind -> bind.host() + ":" + bind.port())
                        .collect(Collectors.joining(" "))
                + " to backend "
                + backends(frontend);
    }

    private static String describe(UdpFrontendConfig frontend) {
        return frontend
                + ": "
                + frontend.binds().stream()
                        .map(bind -> bind.host() + ":" + bind.port())
                        .collect(Collectors.joining(" "))
                + " to backend "
                + frontend.backend();
    }

    /** Those of the rules in their order, then the default. */
    private static String backends(FrontendConfig frontend) {
        Set<String> names = new LinkedHashSet<>();
        frontend.backendRules().forEach(rule -> names.add(rule.backend()));
        if (frontend.defaultBackend() != null) {
            names.add(frontend.defaultBackend());
        }
        return String.join(" or ", names);
    }

    private static String describe(BackendConfig backend) {
        return backend
                + ": "
                + backend.servers().stream()
                        .map(server -> server.name() + " " + server.host() + ":" + server.port())
                        .collect(Collectors.joining(", "));
    }
}
