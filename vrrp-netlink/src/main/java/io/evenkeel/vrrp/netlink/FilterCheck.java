package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;

/** Whether the host can drop packets to addresses of routers that do not accept them. */
final class FilterCheck {
    private final List<VirtualRouterConfig> routers;

    FilterCheck(List<VirtualRouterConfig> routers) {
        this.routers = routers.stream().filter(router -> !router.acceptMode()).toList();
    }

    void look(Libc libc, Findings findings) {
        if (routers.isEmpty()) {
            return;
        }
        try (NetlinkTransport transport =
                LibcNetlink.netfilter(libc, FilterTable.MOST_BYTES_OF_A_BATCH)) {
            look(new FilterTable(transport), findings);
        } catch (NativeCallException e) {
            refuse(String.valueOf(e.getMessage()), findings);
        }
    }

    void look(FilterTable table, Findings findings) {
        int result = table.tryOut();
        if (result < 0) {
            refuse(AcceptFilter.reason(-result, table.explanation()), findings);
            return;
        }
        for (VirtualRouterConfig router : routers) {
            findings.note(
                    InterfaceCheck.subject(router),
                    "It does not accept packets to its addresses (no_accept, or strict mode): while it is Active the host drops them, also those to"
                            + " programs that listen there. If that is not meant, configure accept, or no strict mode.");
        }
        if (!table.isOwned()) {
            findings.note(
                    KernelCheck.KERNEL,
                    "Before Linux 5.12 a process that is killed leaves its packet filter (`nft list table inet "
                            + FilterTable.NAME
                            + "`) behind until Evenkeel starts again, and `nft flush ruleset` takes it away from one that runs.");
        }
    }

    private void refuse(String reason, Findings findings) {
        for (VirtualRouterConfig router : routers) {
            findings.warning(
                    InterfaceCheck.subject(router), AcceptFilter.accepts(router.name(), reason));
        }
    }
}
