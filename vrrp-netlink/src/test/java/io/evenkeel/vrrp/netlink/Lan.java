package io.evenkeel.vrrp.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A bridge with hosts on it, each in its own network namespace. On eth0 they have 10.9.0.1, fe80::1 and fd09::1, 10.9.0.2 and so on; a
 * second LAN of the same hosts has another interface and another net.
 */
final class Lan {
    private final Namespace bridge = new Namespace();
    private final List<Namespace> hosts;
    private final List<IpConsole> consoles = new ArrayList<>();
    private final String interfaceName;
    private final int net;

    Lan(int count) throws Exception {
        this(newHosts(count), "eth0", 9);
    }

    private Lan(List<Namespace> hosts, String interfaceName, int net) throws Exception {
        this.hosts = hosts;
        this.interfaceName = interfaceName;
        this.net = net;
        bridge.ip("link add br0 type bridge mcast_snooping 0");
        bridge.ip("link set br0 up");
        for (int number = 1; number <= hosts.size(); number++) {
            plugIn(number);
            consoles.add(new IpConsole(host(number)));
        }
    }

    private static List<Namespace> newHosts(int count) throws Exception {
        List<Namespace> hosts = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            hosts.add(new Namespace());
        }
        return hosts;
    }

    /** Another LAN of the same hosts, 10.10.0.0/24 on eth1; to be closed before this one. */
    Lan second() throws Exception {
        return new Lan(hosts, "eth1", 10);
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
        plugIn(number, "");
    }

    /**
     * @param options of {@code ip link add} for the host's end
     */
    void plugIn(int number, String options) throws Exception {
        host(number)
                .ip(
                        "link add %s%s type veth peer name port%d netns %d"
                                .formatted(interfaceName, options, number, bridge.threadId()));
        bridge.ip("link set port" + number + " master br0 up");
        configure(number);
    }

    /** Gives the host's interface its addresses and switches it on. */
    void configure(int number) throws Exception {
        Namespace host = host(number);
        String eth = " dev " + interfaceName;
        host.ip("link set" + eth + " addrgenmode none");
        host.ip("addr add 10." + net + ".0." + number + "/24" + eth);
        host.ip("link set " + interfaceName + " up");
        host.ip("addr add fe80::" + number + "/64 nodad" + eth);
        host.ip("addr add fd0" + net % 10 + "::" + number + "/64 nodad" + eth);
    }

    /** Takes the carrier from the host's interface, as a pulled cable does. */
    void cut(int number) throws Exception {
        bridge.ip("link set port" + number + " down");
    }

    void mend(int number) throws Exception {
        bridge.ip("link set port" + number + " up");
    }

    /** Keeps what one host sends from the other, or no longer; both have their carrier, and the remaining hosts reach them. */
    void separate(int one, int other, boolean apart) throws Exception {
        for (int number : new int[] {one, other}) {
            bridge.run("bridge link set dev port" + number + " isolated " + (apart ? "on" : "off"));
        }
    }

    boolean hasAddress(int number, String address) throws Exception {
        return table(number).has(interfaceName, address);
    }

    /** All addresses of the host with this number. */
    AddressTable table(int number) throws Exception {
        return new AddressTable(consoles.get(number - 1).ask("addr show"));
    }

    void awaitAddress(int number, String address, boolean there) throws Exception {
        Conditions.await(
                address + (there ? " on" : " off") + " host " + number,
                () -> hasAddress(number, address) == there);
    }

    /** Waits until this host and no other one has the address. */
    void awaitOwner(int number, String address) throws Exception {
        Conditions.await(
                address + " on host " + number + " alone",
                () -> owners(address).equals(List.of(number)));
    }

    private List<Integer> owners(String address) throws Exception {
        List<Integer> owners = new ArrayList<>();
        for (int number : IntStream.rangeClosed(1, hosts.size()).toArray()) {
            if (hasAddress(number, address)) {
                owners.add(number);
            }
        }
        return owners;
    }

    /** Closes the hosts too, unless they have another LAN. */
    void close() throws Exception {
        consoles.forEach(IpConsole::close);
        bridge.ip("link del br0");
        for (int number = 1; number <= hosts.size(); number++) {
            if (bridge.ip("-o link show").contains("port" + number + "@")) {
                bridge.ip("link del port" + number);
            }
        }
        if (interfaceName.equals("eth0")) {
            hosts.forEach(Namespace::close);
        }
        bridge.close();
    }
}
