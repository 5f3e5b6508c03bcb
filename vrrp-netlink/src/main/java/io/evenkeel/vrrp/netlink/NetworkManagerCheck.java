package io.evenkeel.vrrp.netlink;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Programs of this host that take addresses off interfaces which they manage, when they did not put them there. */
final class NetworkManagerCheck {
    private final HostFiles files;
    private final HostView view;

    NetworkManagerCheck(HostFiles files, HostView view) {
        this.files = files;
        this.view = view;
    }

    /**
     * @param interfaces those that carry virtual addresses
     */
    void look(Collection<String> interfaces, Findings findings) {
        Set<String> running = runningHere();
        if (running.contains("systemd-network")) {
            Set<String> managed =
                    managed(interfaces, "/run/systemd/netif/links/", "ADMIN_STATE=unmanaged");
            if (!managed.isEmpty()) {
                findings.warning(
                        "systemd-networkd",
                        "systemd-networkd manages "
                                + String.join(", ", managed)
                                + " and removes addresses that it did not add when it configures the link anew. Evenkeel puts its own back"
                                + " within milliseconds and gives up after some; set KeepConfiguration=static in the .network file, or"
                                + " Unmanaged=yes for the link.");
            }
        }
        if (running.contains("NetworkManager")) {
            Set<String> managed =
                    managed(interfaces, "/run/NetworkManager/devices/", "managed=false");
            if (!managed.isEmpty()) {
                findings.warning(
                        "NetworkManager",
                        "NetworkManager manages "
                                + String.join(", ", managed)
                                + " and removes addresses that it did not add when it activates the connection anew. Evenkeel puts its own"
                                + " back within milliseconds and gives up after some; do not reactivate the connection on an Active, or"
                                + " list the interface under unmanaged-devices.");
            }
        }
        if (running.contains("keepalived")) {
            findings.note(
                    "keepalived",
                    "keepalived runs on this host. Stop it before Evenkeel runs the same virtual routers: two programs would fight over"
                            + " the addresses, and they do not hear each other.");
        }
    }

    private Set<String> managed(Collection<String> interfaces, String directory, String unmanaged) {
        Set<String> managed = new TreeSet<>();
        for (String name : interfaces) {
            Link link = view.link(name);
            String state = link == null ? null : files.read(directory + link.index());
            if (state != null && !state.contains(unmanaged)) {
                managed.add(name);
            }
        }
        return managed;
    }

    /** The names of the programs in this network namespace; where that cannot be known, of all. */
    private Set<String> runningHere() {
        String here = files.link("/proc/thread-self/ns/net");
        Set<String> names = new TreeSet<>();
        for (String process : files.list("/proc")) {
            if (!Character.isDigit(process.charAt(0))) {
                continue;
            }
            String name = files.read("/proc/" + process + "/comm");
            String there = files.link("/proc/" + process + "/ns/net");
            if (name != null && (there == null || here == null || here.equals(there))) {
                names.add(name);
            }
        }
        return names;
    }
}
