package io.evenkeel.vrrp.netlink;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The vrrpd of FRR with the zebra that it needs, running in a namespace. It puts no address on the host: the administrator, who is this
 * class, makes a macvlan with the virtual MAC and the addresses, and vrrpd switches its carrier on and off.
 */
final class Frr implements RouterProcess {
    static final String PROGRAM = "/usr/lib/frr/vrrpd";
    private static final String ZEBRA = "/usr/lib/frr/zebra";
    private static final String SHELL = "/usr/bin/vtysh";

    private final Namespace host;
    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private RouterSettings current;

    /**
     * One that is not started yet, on a host that is prepared for it.
     *
     * @param first the settings of its first start, which may differ from later ones in the priority and in the other address
     */
    Frr(Namespace host, RouterSettings first) throws Exception {
        this.host = host;
        current = first;
        // The daemons give root away and must still come in here.
        directory = Files.createTempDirectory("evenkeel-frr");
        Files.setOwner(
                directory,
                FileSystems.getDefault()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName("frr"));
        // Or the host answers for a macvlan's addresses on its other interfaces too, and asks there
        // in their name.
        host.run("sysctl -q -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2");
        for (Way way : first.ways()) {
            addMacvlan(way);
        }
    }

    private void addMacvlan(Way way) throws Exception {
        String device = interfaceName(way);
        host.ip("link add " + device + " link eth0 type macvlan mode bridge");
        host.ip(
                "link set %s address 00:00:5e:00:%s:%02x"
                        .formatted(device, way.isIpv6() ? "02" : "01", way.virtualRouterId()));
        host.ip("link set " + device + " addrgenmode none");
        if (way.isIpv6()) {
            // It advertises from the macvlan's link-local address, which must be there only once on
            // the LAN.
            String source = way.source(current.host());
            host.ip("addr del " + source + "/64 dev eth0");
            host.ip("addr add fe80::ff:" + current.host() + "/64 nodad dev eth0");
            host.ip("addr add " + source + "/64 nodad dev " + device);
        }
        for (String address : way.addresses(current.linkLocal(), current.another())) {
            addAddress(way, address);
        }
        // vrrpd takes it off when it owns the addresses.
        host.ip("link set " + device + " protodown on");
        host.ip("link set " + device + " up");
    }

    private void addAddress(Way way, String address) throws Exception {
        host.ip(
                "addr add "
                        + address
                        + (way.isIpv6() ? "/128 nodad" : "/32")
                        + " dev "
                        + interfaceName(way));
    }

    @Override
    public String interfaceName(Way way) {
        return (way.isIpv6() ? "vrrp6-" : "vrrp4-") + way.virtualRouterId();
    }

    @Override
    public void start(RouterSettings settings) throws Exception {
        current = settings;
        Files.writeString(directory.resolve("zebra.conf"), "");
        Files.writeString(directory.resolve("vrrpd.conf"), configuration(settings));
        Path socket = directory.resolve("zserv.api");
        Files.deleteIfExists(socket);
        processes.clear();
        processes.add(start(ZEBRA, "zebra", socket));
        Conditions.await("zebra to listen", () -> Files.exists(socket));
        processes.add(start(PROGRAM, "vrrpd", socket));
    }

    private Process start(String program, String name, Path socket) throws Exception {
        ProcessBuilder daemon =
                new ProcessBuilder(
                                program,
                                "--user=frr",
                                "--group=frr",
                                "--vty_socket=" + directory,
                                "--vty_port=0",
                                "--socket=" + socket,
                                "--pid_file=" + directory.resolve(name + ".pid"),
                                "--config_file=" + directory.resolve(name + ".conf"),
                                "--log=stdout")
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve("frr.log").toFile()));
        return host.call(daemon::start);
    }

    private static String configuration(RouterSettings settings) {
        return "debug vrrp protocol\ndebug vrrp zebra\ndebug vrrp arp\ndebug vrrp ndisc\ninterface eth0\n"
                + settings.ways().stream()
                        .map(way -> virtualRouter(way, settings))
                        .collect(Collectors.joining());
    }

    /** Virtual routers of the two families that have the same VRID are one here. */
    private static String virtualRouter(Way way, RouterSettings settings) {
        String vrrp = " vrrp " + way.virtualRouterId() + " ";
        return Stream.concat(
                        Stream.of(
                                "version " + way.version(),
                                "priority " + settings.priority(),
                                "advertisement-interval " + way.interval().toMillis()),
                        way.addresses(settings.linkLocal(), settings.another()).stream()
                                .map(address -> (way.isIpv6() ? "ipv6 " : "ip ") + address))
                .map(line -> vrrp + line + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public void reload(RouterSettings settings) throws Exception {
        List<String> commands =
                new ArrayList<>(
                        List.of(
                                SHELL,
                                "--vty_socket",
                                directory.toString(),
                                "-c",
                                "configure terminal",
                                "-c",
                                "interface eth0"));
        List<String> lines = new ArrayList<>();
        for (Way way : settings.ways()) {
            String vrrp = "vrrp " + way.virtualRouterId();
            List<String> before = way.addresses(settings.linkLocal(), current.another());
            List<String> after = way.addresses(settings.linkLocal(), settings.another());
            for (String address : after) {
                if (!before.contains(address)) {
                    addAddress(way, address);
                    lines.add(vrrp + (way.isIpv6() ? " ipv6 " : " ip ") + address);
                }
            }
            for (String address : before) {
                if (!after.contains(address)) {
                    host.ip("addr flush dev " + interfaceName(way) + " to " + address);
                    lines.add("no " + vrrp + (way.isIpv6() ? " ipv6 " : " ip ") + address);
                }
            }
            lines.add(vrrp + " priority " + settings.priority());
        }
        lines.forEach(line -> commands.addAll(List.of("-c", line)));
        current = settings;
        host.run(commands);
    }

    @Override
    public void stop() throws Exception {
        // vrrpd first, since zebra does for it what it asks.
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).destroy();
            if (!processes.get(i).waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("FRR did not end within 10 s.");
            }
        }
    }

    @Override
    public void signal(String name) throws Exception {
        RouterProcess.signal(name, processes);
    }

    @Override
    public String log() throws Exception {
        Path log = directory.resolve("frr.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
