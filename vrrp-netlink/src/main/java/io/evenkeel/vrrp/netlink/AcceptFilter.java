package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the host drop what is sent to the addresses of routers without Accept_Mode (RFC 9568, section 6.4.3). An address is in the filter
 * as long as its router is configured, not only while it is Active: on a host that does not have it nothing to it comes to the filter,
 * and so taking over does not wait for it. For any thread but the VRRP thread, since the kernel may keep a change waiting behind that of
 * another program.
 */
final class AcceptFilter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptFilter.class);

    /** How many services may have a table in one network namespace. */
    private static final int MOST_TABLES = 32;

    private final AddressClaims names;
    private final @Nullable NetlinkTransport transport;
    private final @Nullable FilterTable table;
    private Map<FilterEntry, String> dropped = Map.of();
    private Map<FilterEntry, String> told = Map.of();
    private String failure = "";
    private boolean named;
    private boolean closed;

    /** Opens the socket, because threads may live in different network namespaces; it does no harm if that fails. */
    AcceptFilter(Libc libc) {
        names = new AddressClaims(libc);
        NetlinkTransport opened = null;
        try {
            opened = LibcNetlink.netfilter(libc, FilterTable.MOST_BYTES_OF_A_BATCH);
        } catch (NativeCallException e) {
            failure = String.valueOf(e.getMessage());
        }
        transport = opened;
        table = opened == null ? null : new FilterTable(opened);
    }

    /** Drops what these routers do not accept besides what is dropped already, if it can. */
    synchronized void add(List<VirtualRouterConfig> routers) {
        Map<FilterEntry, String> wanted = new LinkedHashMap<>(dropped);
        FilterEntry.of(routers).forEach(wanted::putIfAbsent);
        change(wanted);
    }

    /** Drops what these routers do not accept and nothing else, and says in the log what it could not. */
    synchronized void set(List<VirtualRouterConfig> routers) {
        Map<FilterEntry, String> wanted = FilterEntry.of(routers);
        change(wanted);
        if (closed) {
            return;
        }
        tell();
        Set<String> accepting = new TreeSet<>();
        wanted.forEach(
                (entry, router) -> {
                    if (!dropped.containsKey(entry)) {
                        accepting.add(router);
                    }
                });
        accepting.forEach(router -> LOG.warn("{}", accepts(router, failure)));
        List<FilterEntry> others = new ArrayList<>(dropped.keySet());
        others.removeAll(wanted.keySet());
        if (!others.isEmpty()) {
            LOG.warn(
                    "The host goes on dropping packets to {} until the end of this process, because its packet filter could not be changed: {}",
                    others,
                    failure);
        }
    }

    /** Ends the filter; the addresses have to be off the host. */
    @Override
    public synchronized void close() {
        change(Map.of());
        closed = true;
        if (transport != null) {
            transport.close();
        }
        names.close();
    }

    /** That the host accepts what this router does not. */
    static String accepts(String router, String reason) {
        return "Virtual router "
                + router
                + " is not to accept packets to its addresses, but the host does while it is Active, because its packet filter cannot be set: "
                + reason
                + " Filter them in the firewall.";
    }

    /** Why the kernel refuses. */
    static String reason(int errno, String explanation) {
        String advice =
                switch (errno) {
                    case Errno.EPERM -> "it takes CAP_NET_ADMIN.";
                    case Errno.EOPNOTSUPP, Errno.ENOENT, Errno.EAFNOSUPPORT ->
                            "it may be without nf_tables (CONFIG_NF_TABLES_INET).";
                    default -> "see the log of the kernel (dmesg).";
                };
        return "the kernel answers "
                + Errno.describe(errno)
                + (explanation.isEmpty() ? "" : ", " + explanation)
                + "; "
                + advice;
    }

    private void tell() {
        boolean changed = !dropped.equals(told);
        told = dropped;
        if (table == null || dropped.isEmpty() || !changed) {
            return;
        }
        LOG.info(
                "The host drops packets to {}: Accept_Mode of their virtual routers is off (no_accept, or strict). `nft list table inet {}` shows how many.{}",
                dropped.keySet(),
                table.name(),
                table.isOwned()
                        ? ""
                        : " This kernel is older than Linux 5.12 and keeps the table when the process is killed, until the next start.");
    }

    private void change(Map<FilterEntry, String> wanted) {
        if (closed || table == null) {
            return;
        }
        // A table that is not owned others may have flushed: it is made anew.
        if (wanted.equals(dropped) && (wanted.isEmpty() || table.isOwned())) {
            return;
        }
        try {
            int result = named ? table.replace(wanted) : make(table, wanted);
            if (result == 0) {
                failure = "";
                dropped = Collections.unmodifiableMap(new LinkedHashMap<>(wanted));
            } else {
                failure = reason(-result, table.explanation());
            }
        } catch (NativeCallException e) {
            failure = String.valueOf(e.getMessage());
        }
    }

    /** Makes the table under the first name that no other service in this network namespace has. */
    private int make(FilterTable made, Map<FilterEntry, String> wanted) {
        int result = -Errno.EEXIST;
        for (int number = 1; number <= MOST_TABLES; number++) {
            String name = FilterTable.NAME + (number == 1 ? "" : number);
            if (!claim("table " + name)) {
                continue;
            }
            named = true;
            result = made.make(name, wanted);
            named = result == 0;
            if (result != -Errno.EEXIST && result != -Errno.EPERM) {
                break;
            }
        }
        return result;
    }

    private boolean claim(String name) {
        names.retain(List.of());
        try {
            names.claim(List.of(name));
            return true;
        } catch (NativeCallException e) {
            return false;
        }
    }
}
