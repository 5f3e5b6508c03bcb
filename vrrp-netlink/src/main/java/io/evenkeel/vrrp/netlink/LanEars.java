package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.HeardAdvertisement;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Listens for VRRP on interfaces and speaks none. */
final class LanEars implements AutoCloseable {
    static final String LAN = "lan";

    private final Libc libc;
    private final HostView view;
    private final Map<PortKey, RawPort> ports = new LinkedHashMap<>();
    private final ReceivedPacket packet = new ReceivedPacket();

    /** Told every advertisement. */
    interface Hearing {
        /**
         * @param key the socket on which it was heard
         * @param packet for the time of the call
         */
        void hear(PortKey key, HeardAdvertisement advertisement, ReceivedPacket packet);
    }

    LanEars(Libc libc, HostView view) {
        this.libc = libc;
        this.view = view;
    }

    /** Opens the routers' sockets, and on each interface those of the groups that nearly everybody uses. */
    void open(Collection<String> interfaces, List<VirtualRouterConfig> routers, Findings findings) {
        routers.forEach(router -> open(PortKey.of(router), findings));
        for (String name : interfaces) {
            for (boolean ipv4 : new boolean[] {true, false}) {
                IpAddress group = Destinations.MULTICAST.group(ipv4);
                boolean listening =
                        ports.keySet().stream()
                                .anyMatch(
                                        key ->
                                                key.interfaceName().equals(name)
                                                        && group.equals(key.group()));
                if (!listening && hasAddress(name, ipv4)) {
                    open(new PortKey(name, ipv4, group, null), findings);
                }
            }
        }
    }

    /** The interfaces on which somebody listens. */
    List<String> interfaces() {
        return ports.keySet().stream().map(PortKey::interfaceName).distinct().toList();
    }

    void listen(long nanos, Hearing hearing) {
        List<Map.Entry<PortKey, RawPort>> open = new ArrayList<>(ports.entrySet());
        int[] fds = open.stream().mapToInt(entry -> entry.getValue().fd()).toArray();
        long end = System.nanoTime() + nanos;
        try (PollSet poll = new PollSet(libc, fds)) {
            for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                poll.await(left);
                for (int i = 0; i < fds.length; i++) {
                    if (poll.isReady(i)) {
                        drain(open.get(i).getKey(), open.get(i).getValue(), hearing);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        ports.values().forEach(RawPort::close);
    }

    private void drain(PortKey key, RawPort port, Hearing hearing) {
        for (int vrid = port.receive(packet); vrid != VrrpPort.EMPTY; vrid = port.receive(packet)) {
            HeardAdvertisement advertisement =
                    vrid == VrrpPort.IGNORED ? null : HeardAdvertisement.of(packet);
            if (advertisement != null) {
                hearing.hear(key, advertisement, packet);
            }
        }
    }

    private void open(PortKey key, Findings findings) {
        Link link = view.link(key.interfaceName());
        if (link == null || ports.containsKey(key)) {
            return;
        }
        try {
            ports.put(key, RawPort.open(libc, key, new LinuxInterface(link), view.addresses()));
        } catch (NativeCallException e) {
            findings.note(
                    LAN,
                    "Nobody listened on "
                            + key.interfaceName()
                            + (key.ipv4() ? " for IPv4" : " for IPv6")
                            + ": "
                            + e.getMessage());
        }
    }

    private boolean hasAddress(String name, boolean ipv4) {
        Link link = view.link(name);
        return link != null
                && view.addresses().stream()
                        .anyMatch(
                                a ->
                                        a.interfaceIndex() == link.index()
                                                && a.local().isIpv4() == ipv4);
    }
}
