package io.evenkeel.examples.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A LAN on this machine: a bridge in a network namespace of its own and hosts in theirs. Nothing of it
 * is visible in the machine's own network. Close it to end every program started in it and to remove
 * the namespaces; a normal end of the JVM does so too.
 *
 * <p>Thread safe.
 */
public final class NetworkLab implements AutoCloseable {
    static final String BRIDGE = "lan";

    private final Libc libc;
    private final Path directory;
    private final String prefix;
    private final List<LabHost> hosts = new ArrayList<>();
    private final List<String> namespaces = new ArrayList<>();
    private final List<LabProcess> processes = new ArrayList<>();
    private final Thread closeAtExit = new Thread(this::release, "network-lab-close");

    private NetworkLab(Libc libc, Path directory) {
        this.libc = libc;
        this.directory = directory;
        this.prefix =
                "ek%d-%04x-"
                        .formatted(
                                ProcessHandle.current().pid(),
                                ThreadLocalRandom.current().nextInt(0x10000));
    }

    /** Why there can be no laboratory here, in one sentence; null if there can. */
    public static @Nullable String unavailabilityCause() {
        return Prerequisites.unmet();
    }

    /**
     * Builds a LAN without hosts.
     *
     * @param directory where hosts keep their files and logs; made if absent
     * @throws LabException if it cannot be built; nothing is left behind then
     */
    public static NetworkLab create(Path directory) {
        NetworkLab lab = new NetworkLab(Libc.load(), directory.toAbsolutePath());
        try {
            Files.createDirectories(directory);
            Runtime.getRuntime().addShutdownHook(lab.closeAtExit);
            lab.buildLan();
            return lab;
        } catch (IOException e) {
            lab.close();
            throw new LabException("The directory " + directory + " cannot be made: " + e, e);
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    /**
     * Adds a host to the LAN.
     *
     * @param name at most 15 characters
     * @param interfaceName of its interface on the LAN, such as {@code eth0}
     * @param addresses each with its prefix length, such as {@code 192.168.1.11/24}
     */
    public synchronized LabHost addHost(String name, String interfaceName, String... addresses) {
        String namespace = addNamespace(name);
        StringBuilder batch = new StringBuilder();
        batch.append("link add name ").append(interfaceName).append(" netns ").append(namespace);
        batch.append(" type veth peer name ").append(name).append(" netns ").append(lanNamespace());
        Commands.require(List.of("ip", "-batch", "-"), batch + "\n");
        lan("link", "set", name, "master", BRIDGE, "up");

        StringBuilder inside = new StringBuilder("link set lo up\n");
        inside.append("link set ").append(interfaceName).append(" up\n");
        for (String address : addresses) {
            inside.append("addr add ").append(address).append(" dev ").append(interfaceName);
            inside.append(" broadcast +\n");
        }
        Commands.require(List.of("ip", "-n", namespace, "-batch", "-"), inside.toString());
        try {
            LabHost host = new LabHost(this, name, namespace, interfaceName);
            hosts.add(host);
            Files.createDirectories(host.directory());
            return host;
        } catch (LabException e) {
            throw e;
        } catch (Exception e) {
            throw new LabException("The host " + name + " cannot be set up: " + e, e);
        }
    }

    /** The hosts in the order in which they were added. */
    public synchronized List<LabHost> hosts() {
        return List.copyOf(hosts);
    }

    /** Where hosts keep their files and logs. */
    public Path directory() {
        return directory;
    }

    /** The hosts that have {@code address}, an IPv4 address, in their address table now. */
    public List<LabHost> owners(String address) {
        return hosts().stream().filter(host -> host.holds(address)).toList();
    }

    /** The host whose interface has this hardware address, or null. */
    public @Nullable LabHost hostWithMac(@Nullable String mac) {
        return hosts().stream()
                .filter(host -> host.macAddress().equalsIgnoreCase(mac))
                .findFirst()
                .orElse(null);
    }

    /** The last lines of everything that the programs have written, for messages. */
    public synchronized String logTails(int lines) {
        // A program that was started again goes on in the log of its predecessor.
        Map<Path, LabProcess> latest = new LinkedHashMap<>();
        processes.forEach(process -> latest.put(process.log(), process));
        StringBuilder all = new StringBuilder("\n");
        latest.values().forEach(process -> all.append(process.tail(lines)));
        return all.toString();
    }

    /** Ends what runs in the laboratory and removes it. Idempotent. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(closeAtExit);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, or has run, and releasing twice does no harm.
        }
        release();
    }

    Libc libc() {
        return libc;
    }

    synchronized void register(LabProcess process) {
        processes.add(process);
    }

    /** Runs {@code ip} in the bridge's namespace. */
    void lan(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", lanNamespace()));
        Collections.addAll(command, arguments);
        Commands.require(command);
    }

    private String lanNamespace() {
        return prefix + BRIDGE;
    }

    private void buildLan() {
        String namespace = addNamespace(BRIDGE);
        // Without snooping the bridge floods multicast, and without a forward delay a port that
        // comes
        // back passes packets at once.
        Commands.require(
                List.of("ip", "-n", namespace, "-batch", "-"),
                "link add name "
                        + BRIDGE
                        + " type bridge mcast_snooping 0 stp_state 0 forward_delay 0\n"
                        + ("link set " + BRIDGE + " up\n"));
    }

    private synchronized String addNamespace(String name) {
        String namespace = prefix + name;
        Commands.require(List.of("ip", "netns", "add", namespace));
        namespaces.add(namespace);
        return namespace;
    }

    private synchronized void release() {
        List<RuntimeException> failures = new ArrayList<>();
        processes.forEach(process -> attempt(failures, process::terminate));
        processes.forEach(process -> attempt(failures, process::close));
        processes.clear();
        hosts.forEach(host -> attempt(failures, host::close));
        hosts.clear();
        namespaces.forEach(namespace -> attempt(failures, () -> remove(namespace)));
        namespaces.clear();
        if (!failures.isEmpty()) {
            LabException all =
                    new LabException(
                            "The laboratory was not removed completely: "
                                    + failures.get(0).getMessage());
            failures.forEach(all::addSuppressed);
            throw all;
        }
    }

    private static void remove(String namespace) {
        // Whatever still runs in there was started by a program of ours: the namespace is ours.
        Commands.require(List.of("ip", "netns", "pids", namespace))
                .lines()
                .map(Long::parseLong)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .forEach(ProcessHandle::destroyForcibly);
        Commands.require(List.of("ip", "netns", "del", namespace));
    }

    private static void attempt(List<RuntimeException> failures, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }
}
