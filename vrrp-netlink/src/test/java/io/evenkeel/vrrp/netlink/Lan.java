package io.evenkeel.vrrp.netlink;

import java.util.ArrayList;
import java.util.List;

/** A bridge with hosts on it, each in its own network namespace: 10.9.0.1, 10.9.0.2 and so on, on eth0. */
final class Lan {
    private final Namespace bridge = new Namespace();
    private final List<Namespace> hosts = new ArrayList<>();

    Lan(int count) throws Exception {
        bridge.ip("link add br0 type bridge mcast_snooping 0");
        bridge.ip("link set br0 up");
        for (int number = 1; number <= count; number++) {
            Namespace host = new Namespace();
            hosts.add(host);
            plugIn(number);
        }
    }

    /** The host with this number, from 1. */
    Namespace host(int number) {
        return hosts.get(number - 1);
    }

    /** The namespace of the bridge br0, where all traffic passes. */
    Namespace bridge() {
        return bridge;
    }

    void plugIn(int number) throws Exception {
        Namespace host = host(number);
        bridge.ip("link add port" + number + " type veth peer name eth0 netns " + host.threadId());
        bridge.ip("link set port" + number + " master br0 up");
        host.ip("addr add 10.9.0." + number + "/24 dev eth0");
        host.ip("link set eth0 up");
    }

    /** Takes the carrier from the host's interface, as a pulled cable does. */
    void cut(int number) throws Exception {
        bridge.ip("link set port" + number + " down");
    }

    void mend(int number) throws Exception {
        bridge.ip("link set port" + number + " up");
    }

    boolean hasAddress(int number, String address) throws Exception {
        return host(number).ip("-o addr show dev eth0").contains("inet " + address + "/");
    }

    void awaitAddress(int number, String address, boolean there) throws Exception {
        Conditions.await(
                address + (there ? " on" : " off") + " host " + number,
                () -> hasAddress(number, address) == there);
    }

    void close() throws Exception {
        bridge.ip("link del br0");
        for (int number = 1; number <= hosts.size(); number++) {
            if (bridge.ip("-o link show").contains("port" + number + "@")) {
                bridge.ip("link del port" + number);
            }
        }
        hosts.forEach(Namespace::close);
        bridge.close();
    }
}
