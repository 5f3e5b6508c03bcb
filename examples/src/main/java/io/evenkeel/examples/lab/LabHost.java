package io.evenkeel.examples.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A host of the laboratory: a network namespace with one interface on the LAN. */
public final class LabHost {
    private final NetworkLab lab;
    private final String name;
    private final String namespace;
    private final String interfaceName;
    private final NamespaceThread threads;
    private final AddressTable addresses;

    LabHost(NetworkLab lab, String name, String namespace, String interfaceName) throws Exception {
        this.lab = lab;
        this.name = name;
        this.namespace = namespace;
        this.interfaceName = interfaceName;
        this.threads = new NamespaceThread(lab.libc(), Path.of("/run/netns", namespace));
        this.addresses = threads.call(name, AddressTable::openOfThisThread);
    }

    /** The name given to {@link NetworkLab#addHost}. */
    public String name() {
        return name;
    }

    /** The network namespace, as {@code ip netns} knows it. */
    public String namespace() {
        return namespace;
    }

    /** The interface on the LAN, as the host sees it. */
    public String interfaceName() {
        return interfaceName;
    }

    /** A directory for this host's own files. */
    public Path directory() {
        return lab.directory().resolve(name);
    }

    /** Runs a command in this host to its end. */
    public CommandResult run(String... command) {
        return Commands.run(inNamespace(List.of(command)));
    }

    /**
     * Starts a program in this host. It runs until it ends by itself, is closed, or the laboratory is.
     *
     * @param label names it in messages and its log file {@code LABEL.log} in {@link #directory()},
     *     which is appended to
     */
    public LabProcess start(String label, List<String> command) {
        try {
            Path log = Files.createDirectories(directory()).resolve(label + ".log");
            Process process =
                    new ProcessBuilder(inNamespace(command))
                            .directory(directory().toFile())
                            .redirectErrorStream(true)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            LabProcess started = new LabProcess(lab.libc(), label + " in " + name, process, log);
            lab.register(started);
            return started;
        } catch (IOException e) {
            throw new LabException(label + " cannot be started in " + name + ": " + e, e);
        }
    }

    /**
     * Runs code of this JVM in the host: sockets that it opens belong to the host, and still do when
     * other threads use them afterwards.
     */
    public <T> T call(Callable<T> task) throws Exception {
        return threads.call(name, task);
    }

    /** Whether {@code address}, an IPv4 address, is in the host's address table now. */
    public boolean holds(String address) {
        return AddressTable.contains(addressTable(), address);
    }

    /** What {@code ip -o -4 address show} says of the interface: one line per address. */
    public List<String> addressLines() {
        return Commands.require(
                        List.of("ip", "-n", namespace, "-o", "-4", "addr", "show", interfaceName))
                .lines()
                .toList();
    }

    /** The interface's hardware address, such as {@code 02:00:00:00:00:01}. */
    public String macAddress() {
        return Commands.require(
                        List.of("ip", "-n", namespace, "-br", "link", "show", interfaceName))
                .strip()
                .split("\\s+")[2];
    }

    /** The hardware address that this host has learnt for {@code address}, or null. */
    public @Nullable String neighbour(String address) {
        String entry =
                Commands.require(List.of("ip", "-n", namespace, "neigh", "show", "to", address));
        int at = entry.indexOf("lladdr ");
        return at < 0 ? null : entry.substring(at + 7).split("\\s+")[0];
    }

    /** Forgets what the host has learnt of its neighbours. */
    public void forgetNeighbours() {
        Commands.require(List.of("ip", "-n", namespace, "neigh", "flush", "dev", interfaceName));
    }

    /** Pulls the cable: the host's interface loses its carrier. */
    public void unplug() {
        lab.lan("link", "set", name, "down");
    }

    /** Puts the cable back after {@link #unplug()}. */
    public void plugIn() {
        lab.lan("link", "set", name, "up");
    }

    /**
     * Cuts the host off while its interface keeps the carrier, as when a switch behind it fails: the
     * host notices nothing, and packets no longer pass in either direction.
     */
    public void isolate() {
        lab.lan("link", "set", name, "nomaster");
    }

    /** Puts the host back on the LAN after {@link #isolate()}. */
    public void rejoin() {
        lab.lan("link", "set", name, "master", NetworkLab.BRIDGE);
    }

    @Override
    public String toString() {
        return name;
    }

    String addressTable() {
        return addresses.read();
    }

    void close() {
        addresses.close();
    }

    private List<String> inNamespace(List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(command);
        return all;
    }
}
