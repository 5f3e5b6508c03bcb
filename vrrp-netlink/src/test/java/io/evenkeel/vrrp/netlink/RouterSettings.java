package io.evenkeel.vrrp.netlink;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a router of the interop matrix is to do.
 *
 * @param ways how it speaks; a virtual router for each
 * @param host the number of its host, 1 or 2
 * @param linkLocal whether its IPv6 addresses begin with a link-local one
 * @param priority of all its virtual routers
 * @param another whether each virtual router has another address besides {@link Way#address()}
 */
record RouterSettings(List<Way> ways, int host, boolean linkLocal, int priority, boolean another) {

    RouterSettings withPriority(int changed) {
        return new RouterSettings(ways, host, linkLocal, changed, another);
    }

    RouterSettings withAnother(boolean changed) {
        return new RouterSettings(ways, host, linkLocal, priority, changed);
    }

    /** The file that keepalived and Evenkeel both read. */
    String keepalivedConf() {
        return Keepalived.globals(ways.get(0).version())
                + ways.stream().map(this::instance).collect(Collectors.joining());
    }

    private String instance(Way way) {
        String peers =
                way.isUnicast()
                        ? "unicast_src_ip %s\nunicast_peer {\n%s\n}\n"
                                .formatted(way.source(host), way.source(3 - host))
                        : "";
        String addresses = String.join("\n", way.addresses(linkLocal, another));
        return Keepalived.instance(
                way.name(),
                "eth0",
                way.virtualRouterId(),
                priority,
                String.valueOf(way.interval().toMillis() / 1000.0),
                peers + "virtual_ipaddress {\n" + addresses + "\n}");
    }
}
